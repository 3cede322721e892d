/** What a frame carries. */
import type { Output } from "./output.ts";
import { putRaw } from "./sink.ts";

/** A message that is not written yet: it goes straight to where it leaves from, without bytes of its own before. */
export interface PayloadSource {
  /** How many bytes it took where it was written last. */
  readonly length: number;
  /**
   * Writes it: one MessagePack value.
   *
   * @throws whatever its owner wants to hear of a value that cannot travel. What was written by then is taken back.
   */
  put(to: Output): void;
}

/** A payload on its way out: bytes that are MessagePack already, or what writes them. */
export type Payload = Uint8Array | PayloadSource;

/** Writes a payload into its frame. */
export function putPayload(to: Output, payload: Payload): void {
  if (payload instanceof Uint8Array) putRaw(to, payload);
  else payload.put(to);
}
