/** Finds a number within bounds and on steps that breaks each of some other schemas. */
import type { NumberFacts } from "../normal/facts.ts";
import {
  commonMultiple,
  compareRatios,
  isMultiple,
  numberOf,
  plus,
  type Ratio,
  ratioOf,
  stepsBelow,
  times,
} from "../normal/ratio.ts";
import { textOf } from "../normal/value.ts";
import type { Branch } from "./branch.ts";
import { anyOf, doubt, nothing, type Outcome, spent } from "./outcome.ts";
import type { Search } from "./search.ts";

interface Range extends NumberFacts {
  /** Steps that the number must not be on. */
  readonly off: readonly Ratio[];
}

const everything: Range = { minExclusive: false, maxExclusive: false, steps: [], off: [] };

/** A number for a branch, or the proof that there is none. */
export function findNumber(search: Search, branch: Branch): Outcome {
  const members = branch.members.flatMap(({ node }) => search.space.factsOf(node).number ?? []);
  const broken = branch.broken.flatMap(({ facts }) => facts.number ?? []);
  const range = members.reduce<Range>((whole, facts) => narrowed(whole, facts), everything);
  const excluded = new Set(branch.excluded.map(textOf));
  return split(search, range, broken, excluded);
}

function narrowed(range: Range, facts: NumberFacts): Range {
  let whole: Range = { ...range, steps: [...range.steps, ...facts.steps] };
  if (facts.min !== undefined) whole = above(whole, facts.min, facts.minExclusive);
  if (facts.max !== undefined) whole = under(whole, facts.max, facts.maxExclusive);
  return whole;
}

function above(range: Range, min: Ratio, minExclusive: boolean): Range {
  const order = range.min === undefined ? 1 : compareRatios(min, range.min);
  if (order < 0) return range;
  return { ...range, min, minExclusive: minExclusive || (order === 0 && range.minExclusive) };
}

function under(range: Range, max: Ratio, maxExclusive: boolean): Range {
  const order = range.max === undefined ? -1 : compareRatios(max, range.max);
  if (order > 0) return range;
  return { ...range, max, maxExclusive: maxExclusive || (order === 0 && range.maxExclusive) };
}

function split(
  search: Search,
  range: Range,
  broken: readonly NumberFacts[],
  excluded: ReadonlySet<string>,
): Outcome {
  if (!search.step()) return spent;
  const [facts, ...others] = broken;
  if (facts === undefined) return pick(range, excluded);
  const ways: Range[] = [];
  if (facts.min !== undefined) ways.push(under(range, facts.min, !facts.minExclusive));
  if (facts.max !== undefined) ways.push(above(range, facts.max, !facts.maxExclusive));
  for (const step of facts.steps) ways.push({ ...range, off: [...range.off, step] });
  return anyOf(
    ways.filter((way) => !isEmpty(way)).map((way) => split(search, way, others, excluded)),
  );
}

function isEmpty({ min, max, minExclusive, maxExclusive, steps, off }: Range): boolean {
  if (steps.length > 0) {
    const step = steps.reduce(commonMultiple);
    if (off.some((other) => isMultiple(step, other))) return true;
  }
  if (min === undefined || max === undefined) return false;
  const order = compareRatios(min, max);
  return order > 0 || (order === 0 && (minExclusive || maxExclusive));
}

function pick(range: Range, excluded: ReadonlySet<string>): Outcome {
  if (isEmpty(range)) return nothing;
  return range.steps.length > 0 ? onSteps(range, excluded) : between(range, excluded);
}

/** How many multiples are tried in a row before the search gives up. */
const tries = 2_000n;

function onSteps(range: Range, excluded: ReadonlySet<string>): Outcome {
  const step = range.steps.reduce(commonMultiple);
  let from = range.min && stepsBelow(range.min, step);
  if (from !== undefined && range.min && !isInside(range, times(step, from))) from += 1n;
  const to = range.max && stepsBelow(range.max, step);
  if (from !== undefined && to !== undefined && from > to) return nothing;
  for (const count of counts(from, to)) {
    const at = times(step, count);
    if (!isInside(range, at) || range.off.some((off) => isMultiple(at, off))) continue;
    const value = numberOf(at);
    if (isExcluded(value, excluded)) continue;
    return Number.isFinite(value) && compareRatios(ratioOf(value), at) === 0
      ? { found: "value", value }
      : doubt("the only values are numbers that cannot be written as a double");
  }
  const all = from !== undefined && to !== undefined && to - from <= tries;
  return all ? nothing : doubt("too many multiples to try");
}

/** Multiples in the order in which they are tried: zero and the small ones first. */
function* counts(from: bigint | undefined, to: bigint | undefined): Generator<bigint> {
  const start = from !== undefined && from > 0n ? from : to !== undefined && to < 0n ? to : 0n;
  yield start;
  for (let distance = 1n; distance <= tries; distance += 1n) {
    if (to === undefined || start + distance <= to) yield start + distance;
    if (from === undefined || start - distance >= from) yield start - distance;
  }
}

const one = ratioOf(1);
const parts = [
  0.5,
  0.25,
  0.75,
  0.1,
  0.9,
  1 / 3,
  0.37,
  0.613,
  0.01,
  0.987,
  0.123_456_7,
  0.777_777_1,
].map(ratioOf);

function between(range: Range, excluded: ReadonlySet<string>): Outcome {
  for (const at of candidates(range, excluded.size)) {
    const value = numberOf(at);
    if (!Number.isFinite(value) || isExcluded(value, excluded)) continue;
    const exact = ratioOf(value);
    if (isInside(range, exact) && !range.off.some((off) => isMultiple(exact, off))) {
      return { found: "value", value };
    }
  }
  const { min, max } = range;
  const isPoint = min !== undefined && max !== undefined && compareRatios(min, max) === 0;
  return isPoint ? nothing : doubt("no double could be found between the bounds");
}

function* candidates({ min, max }: Range, excluded: number): Generator<Ratio> {
  const low = min ?? (max && plus(max, times(one, -2n))) ?? times(one, -1n);
  const high = max ?? plus(low, times(one, 2n));
  const width = plus(high, times(low, -1n));
  for (const simple of [0, 1, 0.5, 1.5]) yield ratioOf(simple);
  yield low;
  yield high;
  for (const part of parts) {
    yield plus(low, { over: width.over * part.over, under: width.under * part.under });
  }
  // More than there are excluded values, so that one of them must be free.
  for (let index = 1n; index <= BigInt(excluded) + 2n; index += 1n) {
    yield plus(low, { over: width.over * index, under: width.under * BigInt(excluded + 3) });
    if (max === undefined) yield plus(low, times(one, index));
    if (min === undefined) yield plus(high, times(one, -index));
  }
}

function isInside(range: Range, at: Ratio): boolean {
  const lower = range.min === undefined ? 1 : compareRatios(at, range.min);
  const upper = range.max === undefined ? -1 : compareRatios(at, range.max);
  return (
    (lower > 0 || (lower === 0 && !range.minExclusive)) &&
    (upper < 0 || (upper === 0 && !range.maxExclusive))
  );
}

function isExcluded(value: number, excluded: ReadonlySet<string>): boolean {
  return excluded.has(textOf(value));
}
