/** What a server told once, in a history whose newest release tells something else under that name. */
import { type ReleaseDocument, serverNotification, type ProcedureTree } from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import type { Adapter } from "@concordat/server";
import * as kit from "@concordat/server/portable";
import * as Type from "typebox";
import { expect, test } from "vitest";

import { verifyContract } from "../../src/verify/verify-contract.ts";

function releaseOf(release: string, message: Type.TSchema): ReleaseDocument {
  const tree: ProcedureTree = { changed: serverNotification({ message }) };
  return { ...freeze("shop", tree), release, previous: null };
}

test("a notification that ended is not told in the form of a release that nobody implements", async () => {
  const history = [
    releaseOf("1.0.0", Type.Object({ id: Type.String() })),
    releaseOf("2.0.0", Type.Object({ number: Type.Integer() })),
  ];
  const ended: Adapter = {
    from: "1.0.0",
    to: "2.0.0",
    procedures: { changed: "unimplemented" },
  };
  const subject = { contract: "shop", history, adapters: [ended], derived: [] };

  const verified = await verifyContract(subject, kit, { seed: 1, values: 3 });

  expect(verified.findings).toEqual([]);
  expect(verified.tried).toMatchObject([
    { release: "1.0.0", treatment: "unimplemented" },
    { release: "2.0.0", treatment: "identity" },
  ]);
});
