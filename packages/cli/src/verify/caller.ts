/** A client of one release, down to the bytes: it offers what it is told to, and hides nothing of what comes back. */
import { type CallKind, ConcordatError, type Metadata, procedureKinds } from "@concordat/core";
import {
  announce,
  bytesToValue,
  type Call,
  ClientSession,
  encodings,
  type Hello,
  limitsWith,
  MemoryTransport,
  nil,
  type Offer,
  pump,
  type Refusal,
  systemClock,
  valueToBytes,
  type Welcome,
  wireRevisions,
} from "@concordat/core/internal";

import { type Answer, OpenCall } from "./open-call.ts";

/** What a handshake came to. */
export type Greeting =
  | { readonly welcome: Welcome }
  | { readonly welcome: undefined; readonly refusal: Refusal | undefined; readonly code: number };

/** Takes the server's end of a pipe. */
export type Accept = (transport: MemoryTransport) => void;

const limits = limitsWith();

/** One connection. */
export class Caller {
  readonly greeting: Promise<Greeting>;
  /** The notifications that came, by the name that travelled. */
  readonly told: { readonly procedure: string; readonly value: unknown }[] = [];
  readonly #contract: string;
  readonly #session: ClientSession;
  readonly #transport: MemoryTransport;
  #greeted: (greeting: Greeting) => void = () => undefined;

  constructor(contract: string, offers: readonly Offer[], accept: Accept) {
    this.#contract = contract;
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
          hello: helloOf(contract, offers),
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
              this.told.push({
                procedure: frame.procedure,
                value: bytesToValue(frame.payload, limits),
              });
              done();
            },
            ended: ({ code, refusal, fault = "" }) => {
              this.#greeted({ welcome: undefined, refusal, code });
              return new ConcordatError("unavailable", `closed with ${code} ${fault}`);
            },
          },
        }),
    });
  }

  /** Makes a call of any kind. Where requests are streamed, `requests` are its items; else it is one. */
  call(
    kind: CallKind,
    procedure: string,
    requests: readonly unknown[],
    metadata: Metadata,
  ): Promise<Answer> {
    const isStream = procedureKinds[kind].requestStream;
    const [only] = requests;
    const call: Call = this.#session.request(
      {
        callKind: kind,
        procedure: `${this.#contract}/${procedure}`,
        metadata,
        payload: isStream ? nil : valueToBytes(only),
        deadline: undefined,
      },
      systemClock.now(),
    );
    const open = new OpenCall(call);
    if (isStream) {
      for (const item of requests) call.sendItem(valueToBytes(item));
      call.sendEnd();
    }
    return open.answered;
  }

  /** Sends a notification. */
  tell(procedure: string, message: unknown, metadata: Metadata): void {
    this.#session.notifications?.send(
      {
        kind: "notification",
        id: 0,
        procedure: `${this.#contract}/${procedure}`,
        metadata,
        payload: valueToBytes(message),
      },
      { sent: nothing, unsent: nothing, failed: nothing },
    );
  }

  close(): void {
    this.#transport.cut();
  }
}

function helloOf(name: string, offers: readonly Offer[]): Hello {
  return {
    wire: wireRevisions,
    encodings,
    client: { name: "concordat verify" },
    contracts: [{ name, offers, optional: false }],
    auth: undefined,
    capabilities: [],
    limits: announce((limit) => limits[limit]),
  };
}

function nothing(): void {
  // Nobody here wants to know.
}
