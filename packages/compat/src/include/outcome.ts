/** What a search for a value can end with. */

/** Why a search could not be sure. */
export interface Doubt {
  readonly reason: string;
  /** Where in the schema, when there is such a place. */
  readonly path?: string;
  readonly keyword?: string;
  /** Whether only a limit of work was reached: with fewer open questions the answer may be better. */
  readonly isLimit?: boolean;
}

/** A value; the proof that there is none; or neither. */
export type Outcome =
  | { readonly found: "value"; readonly value: unknown }
  /** `low`: how deep in the stack of open questions the proof leans on an assumption; Infinity for none. */
  | { readonly found: "nothing"; readonly low: number }
  /** A value where there is one to try: a validator may still confirm it. */
  | { readonly found: "doubt"; readonly doubt: Doubt; readonly value?: unknown };

/** Neither a value nor a proof. */
export type Doubtful = Extract<Outcome, { readonly found: "doubt" }>;

/** The proof that no value exists, leaning on nothing. */
export const nothing: Outcome = { found: "nothing", low: Infinity };

export function doubt(reason: string, about: Omit<Doubt, "reason"> = {}): Doubtful {
  return { found: "doubt", doubt: { reason, ...about } };
}

/** A question lies too deep inside others. */
export const tooDeep: Doubtful = {
  found: "doubt",
  doubt: { reason: "the schemas are nested too deeply to compare in full", isLimit: true },
};

/** There were no steps left. */
export const spent: Outcome = doubt("the comparison reached its limit of work", { isLimit: true });

/**
 * The outcome of a question that several others answer: the first value wins, and all must fail for a proof.
 *
 * Once there are no steps left the others are not even asked: there may be more of them than anybody could count.
 */
export function anyOf(outcomes: Iterable<Outcome>): Outcome {
  let low = Infinity;
  let doubtful: Outcome | undefined;
  for (const outcome of outcomes) {
    if (outcome.found === "value") return outcome;
    if (outcome === spent) return doubtful ?? spent;
    if (outcome.found === "nothing") low = Math.min(low, outcome.low);
    else if (doubtful === undefined || (doubtful.found === "doubt" && !("value" in doubtful)))
      doubtful = outcome;
  }
  return doubtful ?? { found: "nothing", low };
}
