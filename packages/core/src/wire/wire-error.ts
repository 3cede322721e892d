/** Bytes that are not what the protocol says: raised by decoders, turned into a close code in one place. */
import type { CloseName } from "./close-code.ts";

/** A peer's bytes broke a rule. Never reaches a user: the session closes the connection with {@link closeName}. */
export class WireError extends Error {
  override name = "WireError";
  readonly closeName: CloseName;

  constructor(message: string, closeName: CloseName = "protocol-violation") {
    super(message);
    this.closeName = closeName;
  }
}

/** Bytes end before what they promise. */
export function cutOff(): WireError {
  return new WireError("a value is cut off");
}
