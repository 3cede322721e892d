/** A stream between an adapter that answers and the release that it calls. */
import type { Items } from "@concordat/core";

import type { ItemConverter } from "../adapter/message-conversion.ts";

/** Every item converted. What is thrown comes as what `thrown` makes of it. */
export async function* convertedStream(
  items: Items<unknown>,
  converter: ItemConverter<unknown, unknown>,
  thrown: (error: unknown) => unknown = same,
): AsyncGenerator {
  try {
    for await (const item of items) yield* converter.item(item);
    yield* converter.end?.() ?? [];
  } catch (error) {
    throw thrown(error);
  }
}

function same<T>(value: T): T {
  return value;
}
