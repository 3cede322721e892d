/** A `ws` socket as a transport. */
import type { RawData, WebSocket } from "ws";
import type { Transport, TransportListener } from "@concordat/core/internal";

/**
 * Wraps a socket in the turn in which it opened.
 *
 * Listens to `error` from the first moment: without a listener one reserved bit in a frame ends the process.
 */
export function wsTransport(socket: WebSocket): Transport {
  let listener: TransportListener | undefined;
  socket.on("error", () => undefined); // a close follows, and decides
  socket.on("message", (data, isBinary) =>
    listener?.message(isBinary ? bytesOf(data) : textOf(data)),
  );
  socket.on("close", (code, reason) => listener?.closed(code, reason.toString("latin1")));
  return {
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    send(message) {
      // After a close ws would report an error through the callback; there is nobody left to tell.
      if (socket.readyState === socket.OPEN) socket.send(message, () => undefined);
    },
    close(code, reason) {
      try {
        socket.close(code, reason);
      } catch {
        socket.terminate(); // a code or reason that ws refuses must not leave a socket open
      }
    },
    listen(given) {
      listener = given;
    },
  };
}

/** A plain Uint8Array: a Buffer's `slice` is a view where everybody else's is a copy. */
function bytesOf(data: RawData): Uint8Array {
  const buffer = Array.isArray(data) ? Buffer.concat(data) : data;
  return buffer instanceof ArrayBuffer
    ? new Uint8Array(buffer)
    : new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

function textOf(data: RawData): string {
  return Buffer.from(bytesOf(data)).toString("utf8");
}
