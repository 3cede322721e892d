/** How one message of one release becomes that of its neighbour, as an adapter says it. */
import type { AdapterStep } from "@concordat/core";

/** Converts the items of one stream, and may remember what came before. */
export interface ItemConverter<From, To> {
  /** What one item becomes: one, several, or none. At most 1,000. */
  item(value: From): Iterable<To>;
  /** What is still to be said when the stream ends. Default: nothing. */
  end?(): Iterable<To>;
}

/** For a streamed message: makes the converter of one stream, when it begins. */
export interface StreamConversion<From, To> {
  readonly stream: () => ItemConverter<From, To>;
}

/**
 * How a message is converted: by steps, which are data and can be checked, printed and put together; by a function;
 * or, where it is streamed, by a converter for each stream.
 */
export type MessageConversion<From, To> =
  | readonly AdapterStep[]
  | ((value: From) => To)
  | StreamConversion<From, To>;

/** A conversion with its types forgotten: it runs on values that were checked. */
export type AnyConversion = MessageConversion<unknown, unknown>;

/** Whether a conversion is written for streams. */
export function isForStreams(
  conversion: AnyConversion | undefined,
): conversion is StreamConversion<unknown, unknown> {
  return typeof conversion === "object" && "stream" in conversion;
}
