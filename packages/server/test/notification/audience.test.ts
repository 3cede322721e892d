/** Whom a notification is meant for. */
import { type NotifiersOf, type ProcedureTree, serverNotification } from "@concordat/core";
import type { ServerContract } from "@concordat/core/internal";
import { settle } from "@concordat/testing";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { implement } from "../../src/index.ts";
import { rejecting } from "../fixture/hostile.ts";
import { historyOf, offersOf } from "../fixture/library-history.ts";
import { Stage } from "../fixture/stage.ts";

const tree = { news: serverNotification({ message: Type.String() }) } satisfies ProcedureTree;
const history = historyOf("press", [["1.0.0", tree]]);
const press: ServerContract<Record<never, never>, NotifiersOf<typeof tree>> = {
  name: "press",
  history,
};

test.each([
  ["fulfilled", async () => false],
  ["rejected", rejecting],
])("nobody is told where a promise stands for who is meant: %s", async (_name, promised) => {
  const stage = new Stage({ services: [implement(press, { handlers: {} })] });
  const offers = offersOf(history, "1.0.0");
  const caller = stage.caller({ contracts: [{ name: "press", offers, optional: false }] });
  await caller.welcome;
  const isMeant = promised as unknown as () => boolean; // as a program without a compiler would

  expect(() => stage.server.notify(press, isMeant).news("rain")).toThrow(
    "the function for whom it is meant made a promise, and has to answer at once",
  );
  await settle();
  expect(caller.told).toEqual([]);
});
