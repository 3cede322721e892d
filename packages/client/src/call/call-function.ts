/** A procedure as the application calls it. */
import type { CallOptions } from "@concordat/core";

/** One procedure as a function. What it takes and gives is the business of the contract's types. */
export type CallFunction = (request: never, options?: CallOptions) => unknown;

/** A stub lets its callers leave out a request of which every property is optional. */
export function orEmpty(request: unknown): unknown {
  return request === undefined ? {} : request;
}
