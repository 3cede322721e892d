/** The server's end of a connection, driven by a test line by line. It speaks the protocol, and may lie in it. */
import {
  announce,
  framesFromBytes,
  frameToBytes,
  type Frame,
  type Hello,
  helloFromMessage,
  isObject,
  limitsWith,
  type Refusal,
  rejectToText,
  reasonOfRefusal,
  type Transport,
  type TransportListener,
  valueToBytes,
  type Welcome,
  welcomeToText,
  wireRevisions,
  encodings,
} from "@concordat/core/internal";

import { ContractCodecs, type ScriptedContract } from "./contract-codecs.ts";

const limits = limitsWith();

/** A frame of one kind. */
export type FrameOf<Kind extends Frame["kind"]> = Extract<Frame, { kind: Kind }>;

/** A peer that does what it is told, and remembers what it heard. */
export class ScriptedPeer implements TransportListener {
  readonly #transport: Transport & { cut?(): void };
  /** Every text message, in order. */
  readonly texts: string[] = [];
  /** Every frame, in order. */
  readonly frames: Frame[] = [];
  /** How many binary messages came: frames of one turn share one. */
  messages = 0;
  /** How the client closed, or how the connection was lost. */
  end: { readonly code: number; readonly reason: string } | undefined;

  readonly #codecs: ReadonlyMap<string, ContractCodecs>;

  /**
   * @param transport The server's end; one that can be cut is, by {@link cut}.
   * @param contracts What it answers about: their calls are answered by position. Default: none; it then
   * answers in MessagePack, which a client refuses that was welcomed with `positional`.
   */
  constructor(
    transport: Transport & { cut?(): void },
    contracts: readonly ScriptedContract[] = [],
  ) {
    this.#transport = transport;
    this.#codecs = new Map(contracts.map((each) => [each.name, new ContractCodecs(each)]));
    transport.listen(this);
  }

  /** What the client said first. */
  get hello(): Hello {
    const [first] = this.texts;
    if (first === undefined) throw new Error("No hello has come.");
    return helloFromMessage(first, limits.handshakeBytes);
  }

  message(message: string | Uint8Array): void {
    if (typeof message === "string") {
      this.texts.push(message);
      return;
    }
    this.messages += 1;
    this.frames.push(...framesFromBytes(message, limits));
  }

  closed(code: number, reason: string): void {
    this.end = { code, reason };
  }

  /** The frames of one kind that came so far. */
  heard<Kind extends Frame["kind"]>(kind: Kind): readonly FrameOf<Kind>[] {
    return this.frames.filter((frame): frame is FrameOf<Kind> => frame.kind === kind);
  }

  /** Accepts each contract's first offer; what `lies` says replaces what would be true. */
  welcome(lies: Partial<Welcome> = {}): void {
    const contracts = this.hello.contracts.map(({ name, offers: [first] }) => ({
      name,
      release: first?.release,
      fingerprint: first?.fingerprint,
    }));
    const truth: Welcome = {
      wire: wireRevisions[0] ?? 1,
      encoding: encodings[0] ?? "",
      contracts,
      early: "accepted",
      server: {},
      capabilities: [],
      limits: announce((name) => limits[name]),
    };
    this.text(welcomeToText({ ...truth, ...lies }, "grease"));
  }

  /** Refuses: the `reject` message, then the close that says the same. */
  reject(refused: Refusal): void {
    this.text(rejectToText(refused));
    this.close(refused.closeCode, reasonOfRefusal(refused));
  }

  /** Any text; an object becomes JSON. */
  text(message: unknown): void {
    this.#transport.send(isObject(message) ? JSON.stringify(message) : String(message));
  }

  /** Any frames, in one message. */
  send(...frames: readonly Frame[]): void {
    this.bytes(Uint8Array.from(frames.flatMap((frame) => Array.from(frameToBytes(frame)))));
  }

  /** Any bytes. */
  bytes(message: Uint8Array): void {
    this.#transport.send(message);
  }

  /** Answers a unary or client-stream call. */
  respond(id: number, value: unknown): void {
    this.send({ kind: "response", id, metadata: [], payload: this.#answer(id, value) });
  }

  /** Sends items of a stream. */
  items(id: number, ...values: readonly unknown[]): void {
    this.send(
      ...values.map((value) => ({ kind: "item" as const, id, payload: this.#answer(id, value) })),
    );
  }

  /** A message of a procedure as bytes: what it gives, or with the name of an error what that carries. */
  payload(procedure: string, value: unknown, error?: string): Uint8Array {
    const slash = procedure.indexOf("/");
    const codecs = this.#codecs.get(procedure.slice(0, slash));
    return codecs?.bytes(procedure.slice(slash + 1), value, error) ?? valueToBytes(value);
  }

  #answer(id: number, value: unknown): Uint8Array {
    const asked = this.heard("request").findLast((frame) => frame.id === id);
    return asked === undefined ? valueToBytes(value) : this.payload(asked.procedure, value);
  }

  /** Ends a stream well. */
  endStream(id: number): void {
    this.send({ kind: "end", id, metadata: [] });
  }

  /** Loses the connection, as a network does. */
  cut(): void {
    if (this.#transport.cut === undefined) throw new Error("This transport cannot be cut.");
    this.#transport.cut();
  }

  /** Closes in an orderly way. */
  close(code: number, reason = ""): void {
    this.#transport.close(code, reason);
  }
}
