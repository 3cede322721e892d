/** The client's end of a connection, driven by a test line by line. It speaks the protocol, and may lie in it. */
import {
  announce,
  bytesToValue,
  type ClientContract,
  type Hello,
  helloToText,
  limitsWith,
  valueToBytes,
  wireRevisions,
} from "@concordat/core/internal";
import type { Metadata } from "@concordat/core";
import { ScriptedPeer } from "./scripted-peer.ts";

const limits = limitsWith();

/** What can be said about a call beside its request. */
export interface ScriptedRequest {
  /** Default 0: no deadline. */
  readonly timeoutMs?: number;
  readonly metadata?: Metadata;
}

/** A client that does what it is told, and remembers what it heard. */
export class ScriptedCaller extends ScriptedPeer {
  /** Says a hello that offers these contracts, in the encoding `msgpack`; what `lies` says replaces what would be true. */
  greet(contracts: readonly ClientContract<unknown>[], lies: Partial<Hello> = {}): void {
    const truth: Hello = {
      wire: wireRevisions,
      encodings: ["msgpack"],
      client: {},
      contracts: contracts.map(({ name, offers }) => ({ name, offers, optional: false })),
      auth: undefined,
      capabilities: [],
      limits: announce((name) => limits[name]),
    };
    this.text(helloToText({ ...truth, ...lies }, "grease"));
  }

  /** Opens a call: `procedure` is `contract/procedure`. Where requests are streamed, leave the value out. */
  request(id: number, procedure: string, value: unknown = null, more: ScriptedRequest = {}): void {
    const { timeoutMs = 0, metadata = [] } = more;
    this.send({
      kind: "request",
      id,
      procedure,
      timeoutMs,
      metadata,
      payload: valueToBytes(value),
    });
  }

  /** Gives a call up. */
  cancel(id: number): void {
    this.send({ kind: "cancel", id, code: 1 });
  }

  /** The values that came for a call: its items, or its response. */
  values(id: number): readonly unknown[] {
    return this.frames
      .filter((frame) => frame.id === id && "payload" in frame)
      .map((frame) => ("payload" in frame ? bytesToValue(frame.payload, limits) : undefined));
  }
}
