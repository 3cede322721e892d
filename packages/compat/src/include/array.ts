/** Finds an array that meets some schemas and breaks each of some others. */
import {
  type ArrayGoal,
  arrayGoal,
  arrayWays,
  type BrokenArray,
  literalsAt,
  twinsOf,
} from "./array-goal.ts";
import type { Branch } from "./branch.ts";
import { accepted, type Literal, refused } from "./literal.ts";
import { distinctValues } from "./distinct.ts";
import type { Ways } from "./object-ways.ts";
import { anyOf, doubt, nothing, type Outcome, spent } from "./outcome.ts";
import type { Search } from "./search.ts";

/** Longer arrays are not written out. */
const longest = 5_000;

/** An array for a branch, or the proof that there is none. */
export function findArray(search: Search, branch: Branch): Outcome {
  const members = branch.members.flatMap(({ node, literal }) => {
    const facts = search.space.factsOf(node).array;
    return facts ? [{ facts, literal }] : [];
  });
  const broken = branch.broken.flatMap(({ facts: { array }, negate }) =>
    array ? [{ facts: array, negate }] : [],
  );
  return split(search, arrayGoal(members, broken), broken);
}

function split(search: Search, asked: ArrayGoal, broken: readonly BrokenArray[]): Outcome {
  if (!search.step()) return spent;
  if (asked.min > asked.max || (asked.isUnique && asked.twins.length > 0)) return nothing;
  const open: { schema: BrokenArray; found: Ways<ArrayGoal> }[] = [];
  for (const schema of broken) {
    const found = arrayWays(search, asked, schema);
    if (found.ways.length === 0) return { found: "nothing", low: found.low };
    open.push({ schema, found });
  }
  const [next] = open.toSorted((left, right) => left.found.ways.length - right.found.ways.length);
  if (next === undefined) return build(search, asked);
  const { ways, low } = next.found;
  const others = open.filter((other) => other !== next).map(({ schema }) => schema);
  return anyOf(attempts());

  function* attempts(): Generator<Outcome> {
    yield { found: "nothing", low };
    for (const way of ways) yield split(search, way(), others);
  }
}

/**
 * The shortest array that does what is left to do.
 *
 * An element of the tail that no count needs can always be left out. Those before the tail may have to stay, so
 * lengths beyond the start of the tail, or the least length, plus all least counts need not be tried.
 */
function build(search: Search, asked: ArrayGoal): Outcome {
  const needed = asked.counts.reduce((sum, { min }) => sum + min, 0);
  if (asked.min + needed > longest) return doubt("so many elements are too many to write out");
  const last =
    needed === 0 ? asked.min : Math.min(asked.max, Math.max(asked.min, asked.tail) + needed);
  return anyOf(lengths());

  function* lengths(): Generator<Outcome> {
    for (let length = asked.min; length <= last; length += 1) {
      const counted = asked.counts.map(({ min, max }) => ({ min, max }));
      yield* fill(search, asked, length, [], counted);
    }
  }
}

interface Left {
  readonly min: number;
  readonly max: number;
}

/** All ways to say for each element which counts it is part of, each tried as an array. */
function* fill(
  search: Search,
  asked: ArrayGoal,
  length: number,
  chosen: readonly (readonly Literal[])[],
  left: readonly Left[],
): Generator<Outcome> {
  if (!search.step()) {
    yield spent;
    return;
  }
  if (left.some(({ min, max }) => max < 0 || min > length - chosen.length)) return;
  if (chosen.length === length) {
    yield write(search, chosen, asked);
    return;
  }
  const index = chosen.length;
  const base = literalsAt(asked, index);
  if (asked.counts.length === 0) {
    const rest = Array.from({ length }, (_, place) => literalsAt(asked, place));
    yield write(search, rest, asked);
    return;
  }
  for (const parts of subsets(asked.counts.length)) {
    const literals = asked.counts.map(({ node }, count) =>
      parts[count] ? accepted(node) : refused(node),
    );
    const outcome = search.find(...base, ...literals);
    if (outcome.found === "nothing") {
      yield outcome;
      continue;
    }
    const after = left.map(({ min, max }, count) =>
      parts[count] ? { min: Math.max(0, min - 1), max: max - 1 } : { min, max },
    );
    yield* fill(search, asked, length, [...chosen, [...base, ...literals]], after);
  }
}

function subsets(size: number): boolean[][] {
  if (size === 0) return [[]];
  return subsets(size - 1).flatMap((rest) => [
    [true, ...rest],
    [false, ...rest],
  ]);
}

function write(
  search: Search,
  elements: readonly (readonly Literal[])[],
  asked: ArrayGoal,
): Outcome {
  if (asked.isUnique) return distinctValues(search, elements);
  const values: unknown[] = [];
  let unsure: Outcome | undefined;
  for (const [index, literals] of elements.entries()) {
    // Equal elements were asked for with all that is asked of any of them; the first stands for all.
    const twins = twinsOf(asked, index);
    const together = twins.length > 1 ? twins.flatMap((place) => elements[place] ?? []) : literals;
    const outcome = search.find(...together);
    if (outcome.found === "nothing") return outcome;
    values.push(outcome.value);
    if (outcome.found === "doubt") unsure ??= outcome;
  }
  if (unsure?.found === "doubt") return { ...unsure, value: values };
  return { found: "value", value: values };
}
