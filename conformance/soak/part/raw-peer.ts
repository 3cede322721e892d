/** A peer that writes bytes to a TCP socket as it likes, and understands as much of the answer as tells how it ended. */
import { connect, type Socket } from "node:net";
import { framesFromBytes, frameToBytes, limitsWith } from "@concordat/core/internal";

/** The opcodes of WebSocket frames. */
export const opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9 } as const;

/** How a connection ended, as far as the server had a say in it. */
export interface PeerEnd {
  /** The code of the server's close frame. */
  readonly closeCode?: number;
  /** The status of an HTTP answer that is no 101. */
  readonly httpStatus?: number;
  /** Whether the server let go of the socket with neither. */
  readonly isSilent?: boolean;
  /** What the system said then. */
  readonly error?: string;
}

const limits = limitsWith();

/** An upgrade request that every server accepts. */
export const upgrade = Buffer.from(
  "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" +
    "Sec-WebSocket-Protocol: concordat.v1\r\n\r\n",
);

/** A client's WebSocket frame, masked with zeros. */
export function webSocketFrame(
  payload: Uint8Array,
  code: number = opcode.binary,
  isLast = true,
): Buffer {
  const head = [(isLast ? 0x80 : 0) | code];
  const { length } = payload;
  if (length < 126) head.push(0x80 | length);
  else if (length < 65_536) head.push(0xfe, length >> 8, length & 0xff);
  else
    head.push(
      0xff,
      0,
      0,
      0,
      0,
      length >>> 24,
      (length >> 16) & 0xff,
      (length >> 8) & 0xff,
      length & 0xff,
    );
  return Buffer.concat([Buffer.from([...head, 0, 0, 0, 0]), payload]);
}

const pong = webSocketFrame(frameToBytes({ kind: "pong", id: 0, token: 0 }));

/** One connection. */
export class RawPeer {
  readonly socket: Socket;
  /** Settles once the server has ended it, or this side has. */
  readonly ended: Promise<PeerEnd>;
  /** Settles with the first thing that the server says behind its 101, or with that where no hello was sent. */
  readonly answered: Promise<void>;
  /** How many Concordat pongs came. */
  pongs = 0;
  #settle: (end: PeerEnd) => void = () => undefined;
  #answer: () => void = () => undefined;
  #pongsWanted = Infinity;
  #rest: Buffer = Buffer.alloc(0);
  #isUpgraded = false;
  readonly #saysHello: boolean;

  /** @param address One of this machine: each has its own 28,000 ports. */
  constructor(port: number, address = "127.0.0.1", saysHello = true) {
    this.#saysHello = saysHello;
    this.socket = connect({ port, host: "127.0.0.1", localAddress: address });
    this.ended = new Promise((settle) => (this.#settle = settle));
    this.answered = new Promise((settle) => (this.#answer = settle));
    let error: string | undefined;
    this.socket.on("error", ({ message }) => (error = message)); // its close follows
    this.socket.on("close", () => {
      this.#settle({ isSilent: true, ...(error === undefined ? {} : { error }) });
      this.#answer();
    });
    this.socket.on("data", (chunk: Buffer) => this.#read(chunk));
  }

  /** Writes bytes. */
  write(bytes: Uint8Array | string): void {
    this.socket.write(bytes);
  }

  /** Ends, from this side and well, once so many pongs have come. */
  endAfterPongs(count: number): void {
    this.#pongsWanted = count;
  }

  /** Ends at once, from this side. */
  leave(): void {
    this.#end({});
  }

  #end(end: PeerEnd): void {
    this.#settle(end);
    this.#answer();
    this.socket.resetAndDestroy();
  }

  #read(chunk: Buffer): void {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    if (!this.#isUpgraded && !this.#readHead()) return;
    for (let frame = this.#take(); frame !== undefined; frame = this.#take()) {
      const { code, payload } = frame;
      this.#answer();
      if (code === opcode.close)
        return this.#end({ closeCode: payload.length < 2 ? 1005 : payload.readUInt16BE(0) });
      if (code === opcode.binary) this.#count(payload);
    }
  }

  #readHead(): boolean {
    const end = this.#rest.indexOf("\r\n\r\n");
    if (end < 0) return false;
    const httpStatus = Number(this.#rest.toString("latin1", 9, 12));
    this.#isUpgraded = httpStatus === 101;
    if (this.#isUpgraded && !this.#saysHello) this.#answer();
    this.#rest = this.#rest.subarray(end + 4);
    if (!this.#isUpgraded) this.#end({ httpStatus });
    return this.#isUpgraded;
  }

  #take(): { readonly code: number; readonly payload: Buffer } | undefined {
    const bytes = this.#rest;
    if (bytes.length < 2) return undefined;
    const short = (bytes[1] ?? 0) & 0x7f;
    const head = short < 126 ? 2 : short === 126 ? 4 : 10;
    if (bytes.length < head) return undefined;
    const length =
      short < 126
        ? short
        : short === 126
          ? bytes.readUInt16BE(2)
          : Number(bytes.readBigUInt64BE(2));
    if (bytes.length < head + length) return undefined;
    this.#rest = bytes.subarray(head + length);
    return { code: (bytes[0] ?? 0) & 0x0f, payload: bytes.subarray(head, head + length) };
  }

  #count(payload: Buffer): void {
    for (const { kind } of framesFromBytes(payload, limits)) {
      if (kind === "pong") this.pongs += 1;
      if (kind === "ping") this.write(pong);
    }
    if (this.pongs >= this.#pongsWanted) this.leave();
  }
}
