/** A history in which everything changes, verified. */
import * as kit from "@concordat/server/portable";
import { expect, test } from "vitest";

import { derivedIn } from "../../src/project/derived-adapters.ts";
import { verifyContract } from "../../src/verify/verify-contract.ts";
import { seed } from "../seed.ts";
import { deskAdapters } from "./desk-adapters.ts";
import { deskHistory } from "./desk-history.ts";

test("nothing is found in a history that is right", async () => {
  const history = deskHistory();
  const subject = {
    contract: "desk",
    history,
    adapters: deskAdapters,
    derived: derivedIn(history),
  };
  const verified = await verifyContract(subject, kit, { seed: seed % 1_000_000, values: 12 });

  expect(verified.findings, `with seed ${seed}`).toEqual([]);
  expect(new Set(verified.tried.map(({ treatment }) => treatment))).toEqual(
    new Set([
      "identity",
      "projected",
      "derived",
      "declarative",
      "written",
      "answered",
      "unimplemented",
    ]),
  );
  expect(verified.tried.every(({ values }) => values >= 12)).toBe(true);
});
