/**
 * Sets of code points, as sorted ranges.
 *
 * Surrogates belong to no set: a text with half a character in it cannot be sent as UTF-8.
 */

/** Pairs of first and last code point, in order, with gaps between them. */
export type CharSet = readonly number[];

const last = 0x10_ff_ff;

/** Every character. */
export const everything: CharSet = [0, 0xd7_ff, 0xe0_00, last];

/** The set of the given ranges, which may overlap and come in any order. */
export function charSet(...pairs: readonly (readonly [number, number])[]): CharSet {
  const sorted = pairs.toSorted(([left], [right]) => left - right);
  const merged: number[] = [];
  for (const [from, to] of sorted) {
    const end = merged.at(-1);
    if (end !== undefined && from <= end + 1) merged[merged.length - 1] = Math.max(end, to);
    else merged.push(from, to);
  }
  return intersection(merged, everything);
}

/** The characters of either set. */
export function union(left: CharSet, right: CharSet): CharSet {
  return charSet(...ranges(left), ...ranges(right));
}

/** The characters of both sets. */
export function intersection(left: CharSet, right: CharSet): CharSet {
  const both: number[] = [];
  let [i, j] = [0, 0];
  for (;;) {
    const [a, b, c, d] = [left[i], left[i + 1], right[j], right[j + 1]];
    if (a === undefined || b === undefined || c === undefined || d === undefined) return both;
    if (Math.max(a, c) <= Math.min(b, d)) both.push(Math.max(a, c), Math.min(b, d));
    if (b < d) i += 2;
    else j += 2;
  }
}

/** The characters that are not in the set. */
export function complement(set: CharSet): CharSet {
  const outside: number[] = [];
  let next = 0;
  for (const [from, to] of ranges(set)) {
    if (from > next) outside.push(next, from - 1);
    next = to + 1;
  }
  if (next <= last) outside.push(next, last);
  return intersection(outside, everything);
}

/** Whether a character is in the set. */
export function includes(set: CharSet, point: number): boolean {
  return ranges(set).some(([from, to]) => point >= from && point <= to);
}

const pleasant = [
  charSet([97, 122]),
  charSet([48, 57]),
  charSet([65, 90]),
  charSet([33, 126]),
  charSet([32, 126]),
];

/** A member of the set that a person can read, where there is one. */
export function sample(set: CharSet): number | undefined {
  for (const preferred of pleasant) {
    const [first] = intersection(set, preferred);
    if (first !== undefined) return first;
  }
  return set[0];
}

function ranges(set: CharSet): [number, number][] {
  const pairs: [number, number][] = [];
  for (let index = 0; index < set.length; index += 2)
    pairs.push([set[index] ?? 0, set[index + 1] ?? 0]);
  return pairs;
}
