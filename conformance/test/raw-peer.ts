/** A client that speaks frames over any transport, and says whatever a case tells it to. */
import {
  bytesToValue,
  type Frame,
  framesFromBytes,
  frameToBytes,
  limitsWith,
  valueToBytes,
} from "@concordat/core/internal";
import type { Transport } from "@concordat/core/transport";
import { fromHex } from "./hex.ts";
import { scripted } from "./scripted-contract.ts";
import type { WrittenFrame } from "./server-case.ts";

const limits = limitsWith();

/** Frames that a server sends when it likes, and that no case waits for. */
const unasked: ReadonlySet<unknown> = new Set(["credit", "notificationCredit", "ping"]);

/** One connection. */
export class RawPeer {
  readonly #transport: Transport;
  readonly #frames: Record<string, unknown>[] = [];
  readonly #texts: string[] = [];
  #wake: () => void = () => undefined;
  #code: number | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
    transport.listen({
      message: (message) => {
        if (typeof message === "string") this.#texts.push(message);
        else this.#frames.push(...framesFromBytes(message, limits).map(written).filter(isAsked));
        this.#wake();
      },
      closed: (code) => {
        this.#code = code;
        this.#wake();
      },
    });
  }

  /** Says a hello that the server accepts, with some members replaced. */
  greet(more: Readonly<Record<string, unknown>>): void {
    const { name, offers } = scripted;
    const hello = {
      concordat: "hello",
      wire: [1],
      encodings: ["msgpack"],
      contracts: [{ name, offers }],
    };
    this.say({ ...hello, ...more });
  }

  /** Any text. */
  say(said: unknown): void {
    this.#transport.send(typeof said === "string" ? said : JSON.stringify(said));
  }

  /** One binary message. */
  send(frames: readonly WrittenFrame[]): void {
    this.#transport.send(Uint8Array.from(frames.flatMap((frame) => [...bytesOf(frame)])));
  }

  /** The server's first message. */
  async answer(): Promise<unknown> {
    await this.#until(() => this.#texts.length > 0);
    return JSON.parse(this.#texts[0] ?? "null");
  }

  /** The next so many frames, or fewer where the server closes. */
  async hear(count: number): Promise<readonly unknown[]> {
    await this.#until(() => this.#frames.length >= count || this.#code !== undefined);
    return this.#frames.splice(0, count);
  }

  /** Frames that nobody has asked for yet. */
  get unheard(): readonly unknown[] {
    return this.#frames;
  }

  /** The code with which the server closes. */
  async closeCode(): Promise<number | undefined> {
    await this.#until(() => this.#code !== undefined);
    return this.#code;
  }

  end(): void {
    this.#transport.close(1000, "");
  }

  async #until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }
}

function bytesOf(frame: WrittenFrame): Uint8Array {
  if (typeof frame === "string") return fromHex(frame);
  const { payload, ...members } = frame;
  const encoded = "payload" in frame ? { payload: valueToBytes(payload) } : {};
  // Each kind takes of these what it has.
  return frameToBytes({
    id: 0,
    timeoutMs: 0,
    metadata: [],
    ...members,
    ...encoded,
  } as unknown as Frame);
}

function written(frame: Frame): Record<string, unknown> {
  if (!("payload" in frame)) return { ...frame };
  return { ...frame, payload: bytesToValue(frame.payload, limits) };
}

function isAsked({ kind }: Record<string, unknown>): boolean {
  return !unasked.has(kind);
}
