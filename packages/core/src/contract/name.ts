/** The grammars of the names that travel: contracts and procedures. */
import { isPropertyName } from "../schema/property-name.ts";

const contractGrammar = /^[a-z][a-z0-9-]{0,63}$/;
const segmentGrammar = /^[a-zA-Z][a-zA-Z0-9_]{0,63}$/;

/** Whether a text may name a contract: lower-case letters, digits and `-`, at most 64, a letter first. */
export function isContractName(text: string): boolean {
  return contractGrammar.test(text);
}

/**
 * Whether a text may be one segment of a procedure's name.
 *
 * Not `then`: `client.orders` is an object, and one with a `then` is taken for a promise.
 */
export function isSegment(text: string): boolean {
  return segmentGrammar.test(text) && text !== "then" && isPropertyName(text);
}

/** Whether a text may name a procedure: segments of letters, digits and `_`, joined by `/`. */
export function isProcedureName(text: string): boolean {
  return text.length <= 200 && text.split("/").every(isSegment);
}
