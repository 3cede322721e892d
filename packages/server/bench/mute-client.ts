/** A client that is nothing but bytes made before: what a server costs is then all that is measured. */
import {
  announce,
  encodings,
  frameToBytes,
  helloToText,
  limitsWith,
  noMetadata,
  type Offer,
  valueToBytes,
  wireRevisions,
} from "@concordat/core/internal";
import type { Transport, TransportListener } from "@concordat/core/transport";

import type { Server } from "../src/index.ts";

/** A connection over which calls of one procedure are made. */
export class MuteClient implements Transport {
  readonly bufferedBytes = 0;
  readonly #server: Server;
  readonly #payload: Uint8Array;
  readonly #procedure: string;
  #listener: TransportListener | undefined;
  #id = 0;
  #heard = 0;

  constructor(server: Server, procedure: string, request: unknown) {
    this.#server = server;
    this.#procedure = procedure;
    this.#payload = valueToBytes(request);
  }

  /** Shakes hands as a client of one release. */
  async connect(contract: string, offer: Offer): Promise<void> {
    const limits = limitsWith();
    this.#server.accept(this);
    const hello = {
      wire: wireRevisions,
      encodings,
      client: {},
      contracts: [{ name: contract, offers: [offer], optional: false }],
      auth: undefined,
      capabilities: [],
      limits: announce((name) => limits[name]),
    };
    this.#listener?.message(helloToText(hello, "bench"));
    await this.#quiet();
    if (this.#heard !== 1) throw new Error("The server did not welcome this client.");
  }

  /** Makes calls, and returns the processor time that the server took for them, in microseconds each. */
  async call(messages: number, perMessage: number): Promise<number> {
    const ready = Array.from({ length: messages }, () => this.#message(perMessage));
    const before = process.cpuUsage();
    for (const message of ready) {
      this.#listener?.message(message);
      await this.#quiet();
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / (messages * perMessage);
  }

  send(): void {
    this.#heard += 1;
  }

  close(code: number, reason: string): void {
    throw new Error(`The server closed: ${code} ${reason}`);
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
  }

  async #quiet(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.#server.load.calls > 0);
  }

  #message(calls: number): Uint8Array {
    const frames = Array.from({ length: calls }, () => {
      this.#id += 1;
      return frameToBytes({
        kind: "request",
        id: this.#id,
        procedure: this.#procedure,
        timeoutMs: 0,
        metadata: noMetadata,
        payload: this.#payload,
      });
    });
    return Buffer.concat(frames);
  }
}
