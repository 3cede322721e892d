/** A WebSocket server that performs the server's steps of a case, on one connection. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { frameToBytes, framesFromBytes, limitsWith } from "@concordat/core/internal";
import { type WebSocket, WebSocketServer } from "ws";
import { caseContracts, type Step } from "./case.ts";
import { fromHex, toHex } from "./hex.ts";

const limits = limitsWith();

/** One server for one connection. */
export class LyingServer {
  readonly #server: WebSocketServer;
  readonly #texts: string[] = [];
  /** Frames that nobody has asked for yet. */
  readonly #frames: string[] = [];
  #socket: WebSocket | undefined;
  #wake: () => void = () => undefined;
  /** The code with which the client closed. */
  code: number | undefined;

  constructor() {
    this.#server = new WebSocketServer({
      port: 0,
      host: "127.0.0.1",
      handleProtocols: () => "concordat.v1",
    });
    this.#server.on("connection", (socket) => this.#accept(socket));
  }

  async url(): Promise<string> {
    if (this.#server.address() === null) await once(this.#server, "listening");
    const { port } = this.#server.address() as AddressInfo; // a server that listens on a port has one
    return `ws://127.0.0.1:${port}/`;
  }

  /** The hello, when it has come. */
  async hello(): Promise<Readonly<Record<string, unknown>>> {
    await this.#until(() => this.#texts.length > 0);
    return JSON.parse(this.#texts[0] ?? "") as Record<string, unknown>; // the test looks at it
  }

  /** The next so many frames. */
  async hear(count: number): Promise<string[]> {
    await this.#until(() => this.#frames.length >= count || this.code !== undefined);
    return this.#frames.splice(0, count);
  }

  /** The client's close code, when it has closed. */
  async closeCode(): Promise<number | undefined> {
    await this.#until(() => this.code !== undefined);
    return this.code;
  }

  /** How many frames came that no step has asked for. */
  get unheard(): readonly string[] {
    return this.#frames;
  }

  welcome({ picks = 0, early = "accepted", limits: announced = {}, more = {} }: Step): void {
    const [{ name, offers }] = caseContracts;
    const welcome = {
      concordat: "welcome",
      wire: 1,
      encoding: "msgpack",
      contracts: [{ name, ...offers[picks] }],
      early,
      limits: announced,
      ...more,
    };
    this.#socket?.send(JSON.stringify(welcome));
  }

  send(hex: readonly string[]): void {
    this.#socket?.send(fromHex(hex.join(" ")));
  }

  say(message: object): void {
    this.#socket?.send(JSON.stringify(message));
  }

  close(code: number, reason: string): void {
    this.#socket?.close(code, reason);
  }

  async end(): Promise<void> {
    this.#socket?.terminate();
    this.#server.close();
    await once(this.#server, "close");
  }

  #accept(socket: WebSocket): void {
    this.#socket = socket;
    socket.on("error", () => undefined); // a close follows
    socket.on("message", (data, isBinary) => {
      const bytes = data as Buffer; // ws hands out one buffer a message unless told otherwise
      if (isBinary) {
        const frames = framesFromBytes(new Uint8Array(bytes), limits);
        this.#frames.push(...frames.map((frame) => toHex(frameToBytes(frame))));
      } else this.#texts.push(bytes.toString("utf8"));
      this.#wake();
    });
    socket.on("close", (code) => {
      this.code = code;
      this.#wake();
    });
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((wake) => (this.#wake = wake));
  }
}
