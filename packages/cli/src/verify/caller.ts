/** A client of one release, down to the bytes: it offers what it is told to, and hides nothing of what comes back. */
import {
  type CallKind,
  ConcordatError,
  type Metadata,
  type ProcedureDocument,
  procedureKinds,
} from "@concordat/core";
import {
  announce,
  type Call,
  ClientSession,
  everyPart,
  type Encoding,
  type Hello,
  limitsWith,
  MemoryTransport,
  nil,
  type Offer,
  present,
  pump,
  type Refusal,
  systemClock,
  type Welcome,
  wireRevisions,
} from "@concordat/core/internal";

import { OpenCall } from "./open-call.ts";
import { byName, type Payloads } from "./payloads.ts";

/** What a handshake came to. */
export type Greeting =
  | { readonly welcome: Welcome }
  | { readonly welcome: undefined; readonly refusal: Refusal | undefined; readonly code: number };

/** A procedure as this client's release has it. */
export interface Called extends Pick<ProcedureDocument, "request" | "response"> {
  readonly name: string;
}

/** Takes the server's end of a pipe. */
export type Accept = (transport: MemoryTransport) => void;

const limits = limitsWith();

/** One connection. */
export class Caller {
  readonly greeting: Promise<Greeting>;
  /** The notifications that came, by the name that travelled. */
  readonly told: { readonly procedure: string; readonly payload: Uint8Array }[] = [];
  readonly #contract: string;
  readonly #payloads: Payloads;
  readonly #session: ClientSession;
  readonly #transport: MemoryTransport;
  #greeted: (greeting: Greeting) => void = () => undefined;

  /** @param name What tells it from other clients, to the server too. */
  constructor(
    contract: string,
    offers: readonly Offer[],
    accept: Accept,
    payloads: Payloads = byName,
    name?: string,
  ) {
    this.#contract = contract;
    this.#payloads = payloads;
    this.greeting = new Promise((resolve) => (this.#greeted = resolve));
    const near = new MemoryTransport();
    const far = new MemoryTransport();
    near.join(far);
    far.join(near);
    this.#transport = near;
    accept(far);
    this.#session = pump({
      transport: near,
      clock: systemClock,
      limits,
      session: (port, now) =>
        new ClientSession({
          parts: everyPart(),
          hello: helloOf(contract, offers, payloads.encoding, name),
          grease: "verify",
          limits,
          port,
          now,
          ear: {
            welcome: (welcome) => this.#greeted({ welcome }),
            goaway: nothing,
            expiry: nothing,
            notice: nothing,
            notification: ({ frame, done }) => {
              this.told.push(frame);
              done();
            },
            ended: ({ code, refusal, fault = "" }) => {
              this.#greeted({ welcome: undefined, refusal, code });
              return () => new ConcordatError("unavailable", `closed with ${code} ${fault}`);
            },
          },
        }),
    });
  }

  /** Makes a call of any kind. Where requests are streamed, `requests` are its items; else it is one. */
  call(
    kind: CallKind,
    { name, request, response }: Called,
    requests: readonly unknown[],
    metadata: Metadata,
  ): OpenCall {
    const isStream = procedureKinds[kind].requestStream;
    const [only] = requests;
    const call: Call = this.#session.request(
      {
        callKind: kind,
        procedure: `${this.#contract}/${name}`,
        metadata,
        payload: isStream ? nil : this.#payloads.write(request, only),
        deadline: undefined,
      },
      systemClock.now(),
    );
    const open = new OpenCall(call, (payload) => this.#payloads.read(response, payload));
    if (isStream) {
      for (const item of requests) call.sendItem(this.#payloads.write(request, item));
      call.sendEnd();
    }
    return open;
  }

  /** Sends a notification. */
  tell({ name, request }: Called, message: unknown, metadata: Metadata): void {
    this.#session.notifications?.send(
      {
        kind: "notification",
        id: 0,
        procedure: `${this.#contract}/${name}`,
        metadata,
        payload: this.#payloads.write(request, message),
      },
      { sent: nothing, unsent: nothing, failed: nothing },
    );
  }

  /** What a notification of the server said that came. */
  heard({ response }: Called): readonly unknown[] {
    return this.told.map(({ payload }) => this.#payloads.read(response, payload));
  }

  close(): void {
    this.#transport.cut();
  }
}

function helloOf(
  name: string,
  offers: readonly Offer[],
  encoding: Encoding,
  version?: string,
): Hello {
  return {
    wire: wireRevisions,
    encodings: [encoding],
    client: { name: "concordat verify", ...present({ version }) },
    contracts: [{ name, offers, optional: false }],
    auth: undefined,
    capabilities: [],
    limits: announce((limit) => limits[limit]),
  };
}

function nothing(): void {
  // Nobody here wants to know.
}
