/** What one connection can send, or leave unread, to fill a server's time and memory. */
import { frameToBytes, type Frame, valueToBytes } from "@concordat/core/internal";

import { ordersHello } from "./orders.ts";
import { opcode, type RawPeer, upgrade, webSocketFrame } from "./raw-peer.ts";

/** One flood. `run` has to lead to the connection's end. */
export interface Flood {
  readonly name: string;
  /**
   * Whether no close frame has to be seen: ws lets go at once where nobody takes its pongs, and another frame stands
   * behind everything that its peer does not read.
   */
  readonly mayBeSilent?: boolean;
  readonly run: (peer: RawPeer) => void;
}

const welcomed = [upgrade, webSocketFrame(Buffer.from(ordersHello), opcode.text)];

export const floods: readonly Flood[] = [
  flood("fragments without an end", [
    webSocketFrame(Buffer.of(0x93), opcode.binary, false),
    ...times(1_000_000, webSocketFrame(Buffer.of(0), opcode.continuation, false)),
  ]),
  flood("empty fragments without an end", [
    webSocketFrame(Buffer.of(0x93), opcode.binary, false),
    ...times(1_000_000, webSocketFrame(Buffer.alloc(0), opcode.continuation, false)),
  ]),
  {
    ...flood("pings of the WebSocket", [
      ...times(300_000, webSocketFrame(Buffer.from("x"), opcode.ping)),
      webSocketFrame(Buffer.of(0xc1)),
    ]),
    mayBeSilent: true,
  },
  flood("one message of pings", [
    webSocketFrame(Buffer.alloc(1_040_000).fill(frame({ kind: "ping", id: 0, token: 0 }))),
  ]),
  flood("messages of pings, then a frame of nobody", [
    ...times(
      60,
      webSocketFrame(Buffer.alloc(40_000).fill(frame({ kind: "ping", id: 0, token: 0 }))),
    ),
    webSocketFrame(Buffer.of(0xc1)),
  ]),
  flood("a message that states 2^40 bytes", [
    Buffer.from([0x82, 0xff, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  ]),
  flood(
    "credit beyond every number",
    times(40, webSocketFrame(frame({ kind: "credit", id: 0, bytes: 2 ** 30 }))),
  ),
  flood("items without credit", [
    webSocketFrame(call(1, "orders/upload", null)),
    // In one message, so that nobody can take any of them meanwhile.
    webSocketFrame(Buffer.concat(Array.from({ length: 12 }, () => item(1, 60_000)))),
  ]),
  {
    name: "answers that nobody reads",
    mayBeSilent: true,
    run(peer) {
      for (const part of welcomed) peer.write(part);
      peer.socket.pause();
      let id = 0;
      for (let round = 0; round < 120; round += 1) {
        const calls = Array.from({ length: 8 }, () =>
          call((id += 1), "orders/mirror", "x".repeat(100_000)),
        );
        peer.write(Buffer.concat(calls.map((each) => webSocketFrame(each))));
      }
      setTimeout(() => peer.socket.resume(), 5_000);
    },
  },
];

function flood(name: string, parts: readonly Uint8Array[]): Flood {
  return { name, run: (peer) => peer.write(Buffer.concat([...welcomed, ...parts])) };
}

function times(count: number, part: Buffer): Buffer[] {
  return Array.from({ length: count }, () => part);
}

function frame(each: Frame): Uint8Array {
  return frameToBytes(each);
}

function call(id: number, procedure: string, value: unknown): Uint8Array {
  const payload = valueToBytes(value);
  return frame({ kind: "request", id, procedure, timeoutMs: 0, metadata: [], payload });
}

function item(id: number, bytes: number): Uint8Array {
  return frame({ kind: "item", id, payload: valueToBytes("x".repeat(bytes)) });
}
