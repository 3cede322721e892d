/** Any transport, on which the client offers one payload encoding only. */
import type { Transport } from "@concordat/core/transport";

/**
 * Wraps the client's end of a pipe, so that a test can choose what the handshake would have chosen otherwise.
 *
 * The hello that goes through it offers `encoding` and no other.
 */
export function inEncoding(encoding: string, transport: Transport): Transport {
  return {
    get bufferedBytes() {
      return transport.bufferedBytes;
    },
    send(message) {
      transport.send(typeof message === "string" ? offering(encoding, message) : message);
    },
    close: (code, reason) => transport.close(code, reason),
    listen: (listener) => transport.listen(listener),
  };
}

function offering(encoding: string, text: string): string {
  const hello: unknown = JSON.parse(text);
  const isHello = typeof hello === "object" && hello !== null && "encodings" in hello;
  return isHello ? JSON.stringify({ ...hello, encodings: [encoding] }) : text;
}
