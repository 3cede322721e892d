/** Property names that no schema at hand mentions, one for each set of patterns that a name can match. */
import type { ObjectFacts } from "../normal/facts.ts";
import { accepted, declaresFor, type Literal, refused } from "./literal.ts";
import type { ObjectGoal } from "./object-goal.ts";
import { doubt, type Outcome } from "./outcome.ts";
import type { Search } from "./search.ts";

/** More patterns than this in one place would take too many combinations. */
const mostPatterns = 8;

/** Representative names; an outcome among them is what stands in the way of knowing all. */
export function* freshNames(
  search: Search,
  asked: ObjectGoal,
  broken: readonly ObjectFacts[],
  names: ReadonlySet<string>,
  ...more: readonly Literal[]
): Generator<string | Outcome> {
  if (asked.isClosed && !asked.members.some(({ facts, literal }) => opens(facts, literal))) return;
  const schemas = [...asked.members.map(({ facts }) => facts), ...broken];
  const patterns = [
    ...new Set(schemas.flatMap((facts) => facts.patterns.map(([pattern]) => pattern))),
  ];
  if (patterns.length > mostPatterns) {
    yield doubt("too many name patterns stand side by side", { keyword: "patternProperties" });
    return;
  }
  const known = [...new Set([...names, ...asked.extra.keys(), ...asked.absent])];
  const base = [
    accepted(search.made("text", { type: "string" })),
    refused(search.made(`known:${JSON.stringify(known)}`, { enum: known })),
    ...asked.members.flatMap(({ facts }) => (facts.names ? [accepted(facts.names)] : [])),
    ...more,
  ];
  yield* split(search, base, patterns);
}

function opens(facts: ObjectFacts, literal: Literal): boolean {
  return declaresFor(literal) && (facts.patterns.length > 0 || facts.rest !== undefined);
}

function* split(
  search: Search,
  literals: readonly Literal[],
  patterns: readonly string[],
): Generator<string | Outcome> {
  const outcome = search.find(...literals);
  if (outcome.found === "nothing") {
    yield outcome;
    return;
  }
  const [pattern, ...others] = patterns;
  if (pattern === undefined) {
    // The question asked for a text.
    yield outcome.found === "value" ? String(outcome.value) : outcome;
    return;
  }
  const node = search.made(`pattern:${pattern}`, { pattern });
  yield* split(search, [...literals, accepted(node)], others);
  yield* split(search, [...literals, refused(node)], others);
}
