/** What a text has to satisfy. Each returns the text. */
import { hasAtLeast, hasAtMost } from "../../schema/code-points.ts";
import { isMatch } from "../../schema/match.ts";
import { Mismatch } from "../../schema/shape.ts";

/** At least so many code points. */
export function minLength(text: string, count: number): string {
  if (hasAtLeast(text, count)) return text;
  throw new Mismatch("", `is shorter than ${count}`);
}

/** At most so many code points. */
export function maxLength(text: string, count: number): string {
  if (hasAtMost(text, count)) return text;
  throw new Mismatch("", `is longer than ${count}`);
}

/** A format, looked at by a function that knows it. */
export function format(text: string, name: string, isFormat: (text: string) => boolean): string {
  if (isFormat(text)) return text;
  throw new Mismatch("", `is not of the format ${name}`);
}

/** A regular expression. */
export function pattern(text: string, expression: RegExp): string {
  if (isMatch(expression, text)) return text;
  throw new Mismatch("", "does not match the pattern");
}

/** A regular expression of a contract, made once. */
export function regExp(source: string): RegExp {
  return new RegExp(source, "u");
}
