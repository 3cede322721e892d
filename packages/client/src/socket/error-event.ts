/** What the `error` event of a socket that never opened shows of the cause: `ws` tells, a page does not, Node's own little. */
import { isObject } from "@concordat/core/internal";
import type { ConnectionEnd } from "./connection-end.ts";

/** The texts are the platform's, or of a library beneath it: a log line has to stay one. */
const longestText = 200;

/** The cause in words, and the error itself. Empty where nothing is shown, or no such event came. */
export function causeShownBy(event: unknown): Pick<ConnectionEnd, "cause"> & { fault?: string } {
  if (!isObject(event)) return {};
  const { error, message } = event;
  const code = isObject(error) ? textOf(error["code"]) : "";
  // Where several addresses were tried, the error is an AggregateError that has a code and no message.
  const text = textOf(isObject(error) ? error["message"] : undefined) || textOf(message) || code;
  const fault = text.includes(code) ? text : `${code}: ${text}`;
  return {
    ...(fault !== "" && { fault: bounded(fault) }),
    ...(error !== undefined && error !== null && { cause: error }),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function bounded(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text;
}
