/** A socket of `ws` as a transport: its own events spare the copy and the event object that the standard's cost. */
import { CallbackTransport, type SocketClose, type Transport } from "@concordat/core/transport";
import { mayBePassedBy, type Shortcut, ShortWay } from "./short-way.ts";
import type { EmittingSocket } from "./websocket-shape.ts";

const decoder = new TextDecoder();
const encoder = new TextEncoder();
/** A text as bytes: ws masks them into the frame where it would write the text of its own behind the head. */
const asText = { binary: false };

/** What `ws` says of a message beyond its `maxPayload`, and the close code that it sends for it. */
const tooLong = "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
const tooLongCode = 1009;

/**
 * Wraps a socket in the turn in which it opened.
 *
 * Bytes are views of what was read from the network: at most 64 KiB are held by one message of them.
 *
 * @param end Closes the socket.
 * @param shortcut Past `ws`, where there is one.
 */
export function emittingTransport(
  socket: EmittingSocket,
  end: (code: number, reason: string) => void,
  shortcut?: Shortcut,
): Transport {
  socket.binaryType = "nodebuffer";
  let handedOn = 0;
  const message = (data: Uint8Array, isBinary: boolean): void => {
    handedOn += 1;
    transport.received(isBinary ? plainBytes(data) : decoder.decode(data));
  };
  const closed = ({ code, reason }: SocketClose): void => {
    detach();
    transport.closed(code, reason);
  };
  const way =
    shortcut !== undefined && mayBePassedBy(socket)
      ? new ShortWay(socket, shortcut, {
          edges: undefined,
          take: (bytes) => transport.received(bytes),
          handedOn: () => handedOn,
        })
      : undefined;
  const transport = new CallbackTransport({
    send(sent) {
      if (typeof sent === "string") socket.send(encoder.encode(sent), asText);
      else if (way?.sends(sent) !== true) socket.send(sent);
    },
    close(code, reason) {
      detach();
      end(code, reason);
    },
    bufferedBytes: () => socket.bufferedAmount,
  });
  socket.on("message", message);
  socket.addEventListener("close", closed);
  // `ws` throws when nobody listens. Stays to the end.
  socket.on("error", ({ code }) => {
    if (code !== tooLong) return; // says nothing that the close does not
    detach();
    end(tooLongCode, ""); // as a lost connection it would be resumed, and the message would come again
    transport.closed(tooLongCode);
  });
  return transport;

  /** Messages need no detaching: behind its end the transport drops them. */
  function detach(): void {
    socket.removeEventListener("close", closed);
  }
}

/** A Buffer's `slice` is a view where everybody else's is a copy. */
function plainBytes({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
