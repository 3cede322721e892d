/** What the escapes of a regular expression stand for. */
import { type CharSet, charSet, complement } from "./char-set.ts";

const digit = charSet([48, 57]);
const word = charSet([48, 57], [65, 90], [95, 95], [97, 122]);
const space = charSet(
  [9, 13],
  [32, 32],
  [0xa0, 0xa0],
  [0x16_80, 0x16_80],
  [0x20_00, 0x20_0a],
  [0x20_28, 0x20_29],
  [0x20_2f, 0x20_2f],
  [0x20_5f, 0x20_5f],
  [0x30_00, 0x30_00],
  [0xfe_ff, 0xfe_ff],
);
const classes: ReadonlyMap<string, CharSet> = new Map([
  ["\\d", digit],
  ["\\D", complement(digit)],
  ["\\w", word],
  ["\\W", complement(word)],
  ["\\s", space],
  ["\\S", complement(space)],
]);
const controls: ReadonlyMap<string, string> = new Map([
  ["t", "\t"],
  ["n", "\n"],
  ["v", "\v"],
  ["f", "\f"],
  ["r", "\r"],
  ["0", "\0"],
]);

/** The character that `\t` and its kind stand for; any other letter stands for itself. */
export function controlOf(letter: string): string {
  return controls.get(letter) ?? letter;
}

/** The characters that a class escape such as `\d` or `\p{L}` stands for; undefined for an unknown one. */
export function escapedSet(escape: string): CharSet | undefined {
  return classes.get(escape) ?? matching(escape);
}

/** Asks the platform about every character: its tables are the ones that count. */
function matching(escape: string): CharSet | undefined {
  let expression: RegExp;
  try {
    expression = new RegExp(`^${escape}$`, "u");
  } catch {
    return undefined;
  }
  const ranges: [number, number][] = [];
  for (let point = 0; point <= 0x10_ff_ff; point += 1) {
    if (!expression.test(String.fromCodePoint(point))) continue;
    const range = ranges.at(-1);
    if (range !== undefined && range[1] === point - 1) range[1] = point;
    else ranges.push([point, point]);
  }
  return charSet(...ranges);
}
