/** A message within a message: how an error's detail travels. Bytes, as bin, within a frame that knows no release. */
import { Output } from "../wire/output.ts";
import { putBytes } from "../wire/sink.ts";
import { Source } from "../wire/source.ts";

/** The payload of a detail, from the message that its value is. */
export function detailOfMessage(message: Uint8Array): Uint8Array {
  const output = new Output(message.length + 5); // the longest head
  putBytes(output, message);
  return output.part();
}

/** The message in a detail's payload, which was walked already; `undefined` where there is none. */
export function messageOfDetail(payload: Uint8Array): Uint8Array | undefined {
  return new Source(payload).nextBytes();
}
