/** A client that is nothing but bytes made before: what a server costs is then all that is measured. */
import type { ReleaseDocument } from "@concordat/core";
import {
  announce,
  framesFromBytes,
  frameToBytes,
  helloToText,
  interpreted,
  limitsWith,
  messageBytes,
  noMetadata,
  ReleaseCodecs,
  wireRevisions,
  Writer,
} from "@concordat/core/internal";
import type { Transport, TransportListener } from "@concordat/core/transport";

/** A server, whichever copy of the package it is of. */
export interface Listening {
  accept(transport: Transport): unknown;
  readonly load: { readonly calls: number };
}

const limits = limitsWith();

/** A connection over which calls of one procedure are made. */
export class MuteClient implements Transport {
  readonly bufferedBytes = 0;
  readonly #server: Listening;
  readonly #document: ReleaseDocument;
  readonly #payload: Uint8Array;
  readonly #procedure: string;
  #listener: TransportListener | undefined;
  #id = 0;
  #heard = 0;
  #last: string | Uint8Array = "";

  /** @param document The release that it speaks. */
  constructor(server: Listening, document: ReleaseDocument, procedure: string, request: unknown) {
    const schema = document.procedures[procedure]?.request;
    if (schema === undefined) throw new Error(`${document.release} has no ${procedure}.`);
    const writer = new ReleaseCodecs(document.definitions, interpreted).writer(schema);
    this.#server = server;
    this.#document = document;
    this.#procedure = `${document.contract}/${procedure}`;
    this.#payload = messageBytes(writer, new Writer(), request);
  }

  /** Shakes hands, and makes sure that its call is answered. */
  async connect(): Promise<void> {
    const { contract: name, release, fingerprint } = this.#document;
    this.#server.accept(this);
    const hello = {
      wire: wireRevisions,
      encodings: ["positional"] as const,
      client: { name: "bench" },
      contracts: [{ name, offers: [{ release, fingerprint }], optional: false }],
      auth: undefined,
      capabilities: [],
      limits: announce((limit) => limits[limit]),
    };
    this.#listener?.message(helloToText(hello, "bench"));
    await this.#quiet();
    if (this.#heard !== 1) throw new Error("The server did not welcome this client.");
    await this.call(1, 1);
    const [frame] = typeof this.#last === "string" ? [] : framesFromBytes(this.#last, limits);
    if (frame?.kind !== "response") throw new Error(`The call was not answered: ${frame?.kind}.`);
  }

  /** Makes calls, and returns the processor time that the server took for them, in microseconds each. */
  async call(messages: number, perMessage: number): Promise<number> {
    const ready = Array.from({ length: messages }, () => this.#message(perMessage));
    const before = process.cpuUsage();
    for (const message of ready) {
      this.#listener?.message(message);
      await this.#quiet();
    }
    const { user, system } = process.cpuUsage(before); // together: kernels guess how it is divided
    return (user + system) / (messages * perMessage);
  }

  send(message: string | Uint8Array): void {
    this.#heard += 1;
    this.#last = message;
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
