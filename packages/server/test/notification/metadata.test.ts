/** The metadata of notifications, as adapters make it. */
import {
  type Metadata,
  type NotifiersOf,
  type ProcedureTree,
  serverNotification,
} from "@concordat/core";
import type { ServerContract } from "@concordat/core/internal";
import { settle } from "@concordat/testing";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { type Adapter, implement } from "../../src/index.ts";
import { historyOf, offersOf } from "../fixture/library-history.ts";
import { Stage } from "../fixture/stage.ts";

const tree = { news: serverNotification({ message: Type.String() }) } satisfies ProcedureTree;
const history = historyOf("press", [
  ["1.0.0", tree],
  ["2.0.0", tree],
]);
const press: ServerContract<Record<never, never>, NotifiersOf<typeof tree>> = {
  name: "press",
  history,
};

test.each<[what: string, made: Metadata, event: string]>([
  ["a key with capitals", [["By", "Emma"]], "promise-broken"],
  ["half a pair of surrogates", [["by", "\uD800"]], "promise-broken"],
  ["more than the limit", [["by", "x".repeat(10_000)]], "notification-unsent"],
  ["no text", [["by", 1 as unknown as string]], "promise-broken"], // as an adapter without a compiler would
])(
  "an adapter that makes no metadata leaves clients out of a notification, and costs them no connection: %s",
  async (_, made, event) => {
    const adapter: Adapter = {
      from: "1.0.0",
      to: "2.0.0",
      procedures: { news: { metadata: { response: () => made } } },
    };
    const stage = new Stage({
      services: [implement(press, { handlers: {}, adapters: [adapter] })],
    });
    const [old, young] = ["1.0.0", "2.0.0"].map((release) =>
      stage.caller({
        contracts: [{ name: "press", offers: offersOf(history, release), optional: false }],
      }),
    );
    await Promise.all([old?.welcome, young?.welcome]);

    const reached = stage.server.notify(press).news("rain", { metadata: { by: "Ada" } });
    await settle();

    expect([reached, old?.told.length, young?.told.length]).toEqual([1, 0, 1]);
    expect(stage.log).toMatchObject([{ event, procedure: "press/news" }]);
    expect(stage.server.load.connections).toBe(2);
  },
);
