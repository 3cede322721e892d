/** Drafted steps, tried on the values that say what they are needed for. */
import type { AdapterStep, Definitions, Schema } from "@concordat/core";
import { compileSteps, Mismatch, shapeOf } from "@concordat/core/internal";

import type { Change } from "../project/comparison.ts";

/** A message, as the release has it that is to accept it. */
export interface Receiver {
  readonly schema: Schema;
  readonly definitions: Definitions;
}

/** A value that steps were drafted for and that is refused all the same. */
export interface Refusal {
  readonly witness: unknown;
  /** What the steps make of it. */
  readonly made: unknown;
  /** Why that is refused, as a clause. */
  readonly reason: string;
}

/** The first witness of which the steps do not make what the receiver accepts; `undefined` where they do for all. */
export function firstRefusal(
  steps: readonly AdapterStep[],
  changes: readonly Change[],
  { schema, definitions }: Receiver,
): Refusal | undefined {
  const run = compileSteps(steps);
  const shape = shapeOf(schema, definitions);
  for (const change of changes) {
    if (change.verdict !== "breaking" || !("witness" in change)) continue;
    const { witness } = change;
    const made = run(witness);
    try {
      shape.conform(made);
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      return { witness, made, reason: error.message };
    }
  }
  return undefined;
}
