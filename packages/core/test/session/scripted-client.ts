/** A server session on a pipe in memory, and the client's end of it, which says whatever a test makes it say. */
import { FakeClock, type MemoryTransport, memoryTransports, settle } from "@concordat/testing";
import type { Call } from "../../src/call/call.ts";
import type { Link } from "../../src/call/link.ts";
import { type Hello, helloToText } from "../../src/handshake/hello.ts";
import type { Welcome } from "../../src/handshake/welcome.ts";
import { pump } from "../../src/session/pump.ts";
import { ServerSession } from "../../src/session/server-session.ts";
import type { Frame, RequestFrame } from "../../src/wire/frame.ts";
import { nil } from "../../src/wire/frame.ts";
import { framesFromBytes, frameToBytes } from "../../src/wire/frame-bytes.ts";
import { concatBytes } from "../../src/wire/concat-bytes.ts";
import type { CallKind } from "../../src/contract/procedure-kind.ts";
import { announce, type Limits, limitsWith } from "../../src/wire/limits.ts";
import { RecordingEar } from "../call/recording-ear.ts";

const fingerprint = `sha256:${"a".repeat(64)}`;

export const hello: Hello = {
  wire: [1],
  encodings: ["msgpack"],
  client: {},
  contracts: [{ name: "orders", offers: [{ release: "1.0.0", fingerprint }], optional: false }],
  auth: undefined,
  capabilities: [],
  limits: announce((name) => limitsWith()[name]),
};

export const welcome: Welcome = {
  wire: 1,
  encoding: "msgpack",
  contracts: [{ name: "orders", release: "1.0.0", fingerprint }],
  early: "accepted",
  server: {},
  capabilities: [],
  limits: announce((name) => limitsWith()[name]),
};

/** A request of a unary call; other kinds by the procedure's name. */
export function request(id: number, procedure = "orders/unary"): RequestFrame {
  return { kind: "request", id, procedure, timeoutMs: 0, metadata: [], payload: nil };
}

/** What is not unary. */
const kinds: Readonly<Record<string, CallKind>> = {
  "orders/upload": "clientStream",
  "orders/watch": "serverStream",
};

/** The client's end of a server session. */
export class ScriptedClient {
  readonly clock = new FakeClock();
  readonly limits: Limits;
  readonly session: ServerSession;
  readonly pipe: MemoryTransport;
  /** What the server sent. */
  readonly texts: Record<string, unknown>[] = [];
  readonly frames: Frame[] = [];
  /** How the server closed. */
  end: { readonly code: number; readonly reason: string } | undefined;
  /** What the session's owner was told. */
  readonly hellos: Hello[] = [];
  resumed = 0;
  readonly renewals: unknown[] = [];
  readonly calls: {
    readonly call: Call;
    readonly frame: RequestFrame;
    readonly ear: RecordingEar;
  }[] = [];
  readonly ended: {
    readonly code: number;
    readonly detail: string;
    readonly survivor: Link | undefined;
  }[] = [];

  constructor(limits: Partial<Limits> = {}) {
    this.limits = limitsWith(limits);
    const [near, far] = memoryTransports();
    this.pipe = near;
    this.session = pump({
      transport: far,
      clock: this.clock,
      limits: this.limits,
      session: (port, now) =>
        new ServerSession({
          limits: this.limits,
          port,
          now,
          ear: {
            hello: (message) => this.hellos.push(message),
            resumed: () => (this.resumed += 1),
            kindOf: (procedure) => kinds[procedure] ?? "unary",
            renew: (credentials) => void this.renewals.push(credentials),
            request: (call, frame) => this.calls.push({ call, frame, ear: new RecordingEar(call) }),
            notification: (received) => received.done(),
            ended: (code, detail, survivor) => this.ended.push({ code, detail, survivor }),
          },
        }),
    });
    near.listen({
      message: (message) => {
        if (typeof message === "string") {
          this.texts.push(JSON.parse(message) as Record<string, unknown>); // the server's own JSON
        } else this.frames.push(...framesFromBytes(message, this.limits));
      },
      closed: (code, reason) => (this.end = { code, reason }),
    });
  }

  /** Says any messages, each by itself. */
  async say(...messages: readonly (string | Uint8Array)[]): Promise<void> {
    for (const message of messages) this.pipe.send(message);
    await settle();
  }

  /** Says frames, all in one message. */
  async send(...frames: readonly Frame[]): Promise<void> {
    await this.say(concatBytes(frames.map(frameToBytes)));
  }

  /** Says hello, and has the server answer with a welcome. */
  async open(agreed: Partial<Welcome> = {}, said: Partial<Hello> = {}): Promise<void> {
    await this.say(helloToText({ ...hello, ...said }, "g"));
    this.session.welcome({ ...welcome, ...agreed }, "g", this.clock.now());
    await settle();
  }

  /** The kinds of the frames that came so far. */
  get kinds(): readonly string[] {
    return this.frames.map(({ kind }) => kind);
  }
}
