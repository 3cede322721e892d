/** What is not as it should be: every difference between the expectation and what the processes reported. */
import type { ProcedureTreatment } from "@concordat/server";

import type { ClientReport } from "../client/client-report.ts";
import { outcomeOf } from "./client-table.ts";
import type { Demonstration } from "./demonstration.ts";
import {
  expectedDials,
  type ExpectedMeeting,
  expectedMeetings,
  expectedRefusal,
  expectedSights,
  expectedTreatments,
} from "./expectation.ts";
import { stepOf } from "./treatment-table.ts";

/** One sentence for each difference; none when all is well. */
export function* differences({ outcomes, treatments }: Demonstration): Generator<string> {
  yield* unequal("clients", outcomes.length, expectedMeetings.length);
  for (const [index, expected] of expectedMeetings.entries()) {
    const outcome = outcomes[index];
    const where = `${expected.revision} (${expected.refuseAt})`;
    if (outcome === undefined) yield `${where}: there is no report`;
    else yield* reportDifferences(where, expected, outcome.report);
  }
  yield* treatmentDifferences(treatments);
}

function* reportDifferences(
  where: string,
  expected: ExpectedMeeting,
  report: ClientReport,
): Generator<string> {
  const { release, negotiated, outcome, revision } = expected;
  yield* unequal(`${where}: release`, report.release, release);
  yield* unequal(`${where}: negotiated release`, report.negotiated, negotiated);
  yield* unequal(`${where}: outcome`, outcomeOf(report), outcome);
  yield* unequal(`${where}: sockets opened`, report.dials, expectedDials);
  const refusal = negotiated === "" ? expectedRefusal : undefined;
  yield* unequal(`${where}: refusal`, JSON.stringify(report.refusal), JSON.stringify(refusal));
  const made = new Map(
    report.calls.map(({ call, outcome: code, saw }) => [call, `${code}: ${saw}`]),
  );
  for (const call of new Set([...made.keys(), ...Object.keys(expectedSights)])) {
    yield* unequal(`${where}: ${call}`, made.get(call), expectedSights[call]?.[revision]);
  }
}

function* treatmentDifferences(treatments: readonly ProcedureTreatment[]): Generator<string> {
  const releases = [...new Set(treatments.map(({ release }) => release))];
  const procedures = new Set([
    ...treatments.map(({ procedure }) => procedure),
    ...Object.keys(expectedTreatments),
  ]);
  for (const procedure of procedures) {
    const steps = releases.map((release) => stepOf(procedure, release, treatments) ?? "absent");
    const expected = expectedTreatments[procedure] ?? [];
    yield* unequal(`treatment of ${procedure}`, steps.join(", "), expected.join(", "));
  }
}

function* unequal(
  what: string,
  actual: string | number | undefined,
  expected: string | number | undefined,
): Generator<string> {
  if (actual === expected) return;
  yield `${what} is ${actual ?? "missing"}, and should be ${expected ?? "missing"}`;
}
