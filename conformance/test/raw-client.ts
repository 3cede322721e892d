/** A WebSocket that has said hello and says whatever it is told to. */
import { type RawData, WebSocket } from "ws";
import { toHex } from "./hex.ts";
import { offer } from "./orders-server.ts";

/** How a connection ended. */
export interface Ended {
  readonly code: number;
  readonly reason: string;
}

/** One connection. */
export class RawClient {
  readonly #socket: WebSocket;
  #received = new Uint8Array();
  #wake: () => void = () => undefined;
  readonly closed: Promise<Ended>;
  /** The server's first message. */
  readonly answer: Promise<string>;

  /** @param early Sent right behind the hello. */
  constructor(url: string, hello: string, early?: Uint8Array) {
    this.#socket = new WebSocket(url, ["concordat.v1"]);
    this.#socket.on("error", () => undefined); // a close follows
    this.#socket.on("open", () => {
      this.#socket.send(hello);
      if (early !== undefined) this.#socket.send(early);
    });
    this.closed = new Promise((resolve) => {
      this.#socket.on("close", (code, reason) => resolve({ code, reason: reason.toString() }));
    });
    this.answer = new Promise((resolve) => {
      this.#socket.once("message", (data) => resolve(bytesOf(data).toString("utf8")));
    });
    this.#socket.on("message", (data, isBinary) => {
      if (!isBinary) return;
      this.#received = Buffer.concat([this.#received, bytesOf(data)]);
      this.#wake();
    });
  }

  /** Says hello in the newest release, and waits for the welcome. */
  static async open(url: string): Promise<RawClient> {
    const contracts = [{ name: "orders", offers: [offer("1.2.0")] }];
    const hello = { concordat: "hello", wire: [1], encodings: ["msgpack"], contracts };
    const client = new RawClient(url, JSON.stringify(hello));
    await client.answer;
    return client;
  }

  send(message: Uint8Array | string): void {
    this.#socket.send(message);
  }

  /** The next so many bytes, whatever messages they come in. */
  async bytes(length: number): Promise<string> {
    while (this.#received.length < length) await new Promise<void>((wake) => (this.#wake = wake));
    const taken = this.#received.subarray(0, length);
    this.#received = this.#received.subarray(length);
    return toHex(taken);
  }

  close(code = 1000): void {
    this.#socket.close(code);
  }
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data);
  return data instanceof ArrayBuffer ? Buffer.from(data) : data;
}
