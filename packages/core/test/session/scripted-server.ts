/** A client session on a pipe in memory, with a server at the other end that does what a test says. */
import { FakeClock, memoryTransports, ScriptedPeer, settle } from "@concordat/testing";
import type { Call } from "../../src/call/call.ts";
import { everyPart } from "../../src/call/link-parts.ts";
import type { Link } from "../../src/call/link.ts";
import type { CallKind } from "../../src/contract/procedure-kind.ts";
import type { Deprecation } from "../../src/error/deprecation.ts";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import type { Hello } from "../../src/handshake/hello.ts";
import type { Welcome } from "../../src/handshake/welcome.ts";
import type { SessionEnd } from "../../src/session/client-session-ear.ts";
import { ClientSession } from "../../src/session/client-session.ts";
import { pump } from "../../src/session/pump.ts";
import { nil } from "../../src/wire/frame.ts";
import { type Limits, limitsWith } from "../../src/wire/limits.ts";
import { type Metadata, noMetadata } from "../../src/wire/metadata.ts";
import { RecordingEar } from "../call/recording-ear.ts";
import { hello } from "./scripted-client.ts";

/** What can differ from a plain connection. */
interface Setup {
  readonly limits?: Partial<Limits>;
  readonly hello?: Partial<Hello>;
  readonly resume?: { readonly link: Link; readonly token: string };
  /** Whether the owner keeps the calls of a session that can be resumed. Default false. */
  readonly keepsCalls?: boolean;
}

/** The server's end of a client session. */
export class ScriptedServer {
  readonly clock = new FakeClock();
  readonly limits: Limits;
  readonly session: ClientSession;
  readonly peer: ScriptedPeer;
  /** What the session's owner was told. */
  readonly welcomes: { readonly welcome: Welcome; readonly isResumed: boolean }[] = [];
  readonly goaways: number[] = [];
  readonly expiries: number[] = [];
  readonly notices: Deprecation[] = [];
  readonly ends: SessionEnd[] = [];

  constructor(setup: Setup = {}) {
    this.limits = limitsWith(setup.limits);
    const [near, far] = memoryTransports();
    this.peer = new ScriptedPeer(near);
    this.session = pump({
      transport: far,
      clock: this.clock,
      limits: this.limits,
      session: (port, now) =>
        new ClientSession({
          parts: everyPart(),
          hello: { ...hello, ...setup.hello },
          grease: "g",
          limits: this.limits,
          port,
          now,
          ...(setup.resume && { resume: setup.resume }),
          ear: {
            welcome: (agreed, isResumed) => this.welcomes.push({ welcome: agreed, isResumed }),
            goaway: (withinMs) => this.goaways.push(withinMs),
            notification: (received) => received.done(),
            expiry: (withinMs) => this.expiries.push(withinMs),
            notice: (notice) => this.notices.push(notice),
            ended: (end) => {
              this.ends.push(end);
              if (setup.keepsCalls === true && end.survivor !== undefined) return undefined;
              return () => new ConcordatError("unavailable", "Gone.", { origin: "network" });
            },
          },
        }),
    });
  }

  /** Opens a call. */
  request(
    callKind: CallKind = "unary",
    options: {
      readonly deadline?: number;
      readonly payload?: Uint8Array;
      readonly metadata?: Metadata;
    } = {},
  ): { readonly call: Call; readonly ear: RecordingEar } {
    const { deadline, payload = nil, metadata = noMetadata } = options;
    const call = this.session.request(
      { callKind, procedure: `orders/${callKind}`, metadata, payload, deadline },
      this.clock.now(),
    );
    return { call, ear: new RecordingEar(call) };
  }

  /** Has the server accept, with what is said in `agreed` in place of what would be true. */
  async welcome(agreed: Partial<Welcome> = {}): Promise<void> {
    await settle();
    this.peer.welcome(agreed);
    await settle();
  }
}
