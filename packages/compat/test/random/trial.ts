/** One trial of the engine: a random pair, its verdict, and values that try to refute it. */
import type { Definitions, Schema } from "@concordat/core";
import { Mismatch, type Shape, shapeOf } from "@concordat/core/internal";
import { compareSchemas, type Comparison } from "../../src/index.ts";
import { Chance } from "./chance.ts";
import { isEmitted, isValid } from "./emission.ts";
import { type Dialect, mutated, randomDocument, type Raw } from "./schema.ts";
import { randomValue } from "./value.ts";

export interface Trial {
  readonly seed: number;
  readonly before: Raw;
  readonly after: Raw;
  readonly comparison: Comparison;
  /** A value that shows the verdict to be wrong. */
  readonly refuted?: unknown;
  /** A value that the receiver accepts only in part, though the verdict says that nothing is lost. */
  readonly altered?: unknown;
  /** What a sender's shape lets through, though the second reading says that it is not emitted. */
  readonly misread?: unknown;
  /** How many sampled values the sender really may emit. */
  readonly sampled: number;
  /** A sampled value that breaks, whatever the verdict. */
  readonly counterexample?: unknown;
  /** Breaking without a witness, or with one that the second reading does not confirm. */
  readonly unwitnessed: boolean;
}

/** Runs the trial of one seed. */
export function trial(seed: number, dialect: Dialect, values: number): Trial {
  const chance = new Chance(seed);
  const before = randomDocument(chance, dialect);
  const after = chance.is(0.9) ? mutated(chance, dialect, before) : randomDocument(chance, dialect);
  const [left, right] = chance.is(0.5) ? [before, after] : [after, before];
  // Random, but well-formed.
  const comparison = compareSchemas(left as Schema, right as Schema, "request");
  let sampled = 0;
  let counterexample: { value: unknown } | undefined;
  let dropped: { value: unknown } | undefined;
  let misread: { value: unknown } | undefined;
  // A schema that refers to itself in place sends TypeBox round and round.
  const isReadable = comparison.changes.every(({ rule }) => rule !== "unreadable-schema");
  const most = isReadable ? values * 3 : 0;
  const [sender, receiver] = [shapeIn(left), shapeIn(right)];
  for (let tries = 0; tries < most && sampled < values; tries += 1) {
    const value = randomValue(chance, left, left);
    const sent = conformed(sender, value);
    if (sent !== undefined && !isEmitted(left, sent.value)) misread ??= sent;
    if (!isEmitted(left, value)) continue;
    sampled += 1;
    // A receiver runs its shape, which looks again at what is left once undeclared properties are left out.
    if (!isValid(right, right, value) || conformed(receiver, value) === undefined)
      counterexample ??= { value };
    else if (!isEmitted(right, value)) dropped ??= { value };
  }
  const isPassed = comparison.verdict === "compatible" || comparison.verdict === "lossy";
  const broken = comparison.changes.filter(({ verdict }) => verdict === "breaking");
  const unwitnessed = broken.some(
    (change) =>
      !("witness" in change) ||
      !isEmitted(left, change.witness) ||
      isValid(right, right, change.witness),
  );
  return {
    seed,
    before: left,
    after: right,
    comparison,
    ...(isPassed && counterexample && { refuted: counterexample.value }),
    ...(comparison.verdict === "compatible" && dropped && { altered: dropped.value }),
    ...(misread && { misread: misread.value }),
    ...(counterexample && { counterexample: counterexample.value }),
    sampled,
    unwitnessed,
  };
}

/** The shape that both ends run. */
function shapeIn(document: Raw): Shape {
  if (typeof document === "boolean") return shapeOf(document, {});
  const { definitions = {}, ...schema } = document;
  // Random, but well-formed.
  return shapeOf(schema as Schema, definitions as Definitions);
}

/** What a shape makes of a value; undefined where it refuses it. */
function conformed(shape: Shape, value: unknown): { readonly value: unknown } | undefined {
  try {
    return { value: shape.conform(value) };
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    return undefined;
  }
}
