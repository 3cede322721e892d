/** What is said of an adapter that fails: whose fault it was, and why. */
import {
  clientStream,
  type ProcedureTree,
  serverNotification,
  type ReleaseDocument,
} from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import type { Adapter } from "@concordat/server";
import * as kit from "@concordat/server/portable";
import * as Type from "typebox";
import { expect, test } from "vitest";

import { findingRemark } from "../../src/verify/verified-text.ts";
import { type Verified, verifyContract } from "../../src/verify/verify-contract.ts";

function releaseOf(release: string, tree: ProcedureTree): ReleaseDocument {
  return { ...freeze("shop", tree), release, previous: null };
}

function verified(
  trees: readonly ProcedureTree[],
  procedures: Adapter["procedures"],
): Promise<Verified> {
  const history = trees.map((tree, at) => releaseOf(`${at + 1}.0.0`, tree));
  const adapters: Adapter[] = [{ from: "1.0.0", to: "2.0.0", procedures }];
  const subject = { contract: "shop", history, adapters, derived: [] };
  return verifyContract(subject, kit, { seed: 1, values: 4 });
}

function told(message: Type.TSchema): ProcedureTree {
  return { changed: serverNotification({ message }) };
}

function broken(): never {
  throw new TypeError("not today");
}

test("a notification that fails for clients of one release is no finding of another's", async () => {
  const { findings } = await verified(
    [told(Type.Object({ id: Type.String() })), told(Type.Object({ number: Type.Integer() }))],
    { changed: { response: broken } },
  );

  expect(findings.map(({ release }) => release)).toEqual(["1.0.0"]);
});

test("an adapter that fails to answer a stream is named, with what it threw and that nothing was sent", async () => {
  const { findings } = await verified(
    [
      { add: clientStream({ request: Type.Integer(), response: Type.Boolean() }) },
      { other: serverNotification({ message: Type.Boolean() }) },
    ],
    { add: { answer: broken } },
  );

  const [finding] = findings;
  expect(finding).toMatchObject({
    law: "served",
    message: "The server failed: its adapter threw TypeError: not today",
    step: "1.0.0 to 2.0.0",
  });
  const text = finding === undefined ? "" : findingRemark(finding).text;
  expect(text).toContain("  sent: nothing\n");
});
