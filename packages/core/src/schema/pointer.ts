/** Where a value stands within a message, as part of a JSON pointer. */

const longestSegment = 64;
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** A property's name as part of a JSON pointer. Peers choose names too: nothing in it reaches a log unescaped. */
export function segmentOf(name: string): string {
  const short = name.length > longestSegment ? `${name.slice(0, longestSegment)}…` : name;
  return short
    .replaceAll("~", "~0")
    .replaceAll("/", "~1")
    .replace(unprintable, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
