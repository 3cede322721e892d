/** The length of a text as JSON Schema counts it: in code points, so that an emoji is one. */

/** Whether a text has at least so many code points; looks into it only where its units leave a doubt. */
export function hasAtLeast(text: string, count: number): boolean {
  return text.length >= count && (text.length >= count * 2 || countOf(text) >= count);
}

/** Whether a text has at most so many code points. */
export function hasAtMost(text: string, count: number): boolean {
  return text.length <= count || (text.length <= count * 2 && countOf(text) <= count);
}

function countOf(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1, count += 1) {
    // A pair of surrogates is one code point; one alone is one, too.
    if ((text.codePointAt(at) ?? 0) > 0xffff) at += 1;
  }
  return count;
}
