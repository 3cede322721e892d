/** One service in a real server, and clients of its releases on pipes in memory. */
import {
  ConcordatError,
  type Metadata,
  type ProcedureDocument,
  type ReleaseDocument,
} from "@concordat/core";
import { type Encoding, isCallKind, type Offer, workingTree } from "@concordat/core/internal";
import type { LogEvent, Server, Service } from "@concordat/server/portable";

import { type Accept, Caller, type Greeting } from "./caller.ts";
import type { OpenCall } from "./open-call.ts";
import { byName, byPosition } from "./payloads.ts";
import type { Arrival, Script } from "./script.ts";
import type { ServerKit } from "./server-kit.ts";

/** One call, or one notification, to be made. */
export interface Sent {
  readonly release: string;
  readonly procedure: string;
  readonly requests: readonly unknown[];
  readonly metadata?: Metadata;
  /** Default: by name, which hides nothing of what comes back. */
  readonly encoding?: Encoding;
  /** How long it may take. Everything is in memory: this is for what never ends. Default 5,000. */
  readonly patienceMs?: number;
}

/** Everything that came of it. */
export interface Outcome {
  /** What the client got, decoded and not looked at. */
  readonly values: readonly unknown[];
  readonly error: ConcordatError | undefined;
  readonly trailing: Metadata;
  /** What handlers got. */
  readonly arrivals: readonly Arrival[];
  /** What the server told its operator: adapters that failed, promises that were broken. */
  readonly log: readonly LogEvent[];
  /** Whether it did not end within the time that it may take. */
  readonly isHung: boolean;
}

/** How many turns a notification may be on its way. */
const mostTurns = 50;

/** How long the handler of a notification may take until it fails: nobody says that it is done. */
const restMs = 10;

/** A server with clients. */
export class Stage {
  readonly history: readonly ReleaseDocument[];
  readonly #service: Service;
  readonly #script: Script | undefined;
  readonly #server: Server;
  readonly #callers = new Map<string, Caller>();
  #log: LogEvent[] = [];

  /** @param script Its handlers, where it is not the user's own service. */
  constructor(
    kit: ServerKit,
    history: readonly ReleaseDocument[],
    service: Service,
    script?: Script,
  ) {
    this.history = history;
    this.#service = service;
    this.#script = script;
    this.#server = kit.createServer({
      services: [service],
      log: (event) => void this.#log.push(event),
    });
  }

  /** Shakes hands with these offers, and no more. */
  async greet(offers: readonly Offer[], contract = this.#service.name): Promise<Greeting> {
    const caller = new Caller(contract, offers, (far) => this.#server.accept(far));
    const greeting = await caller.greeting;
    caller.close();
    return greeting;
  }

  /** Makes a call as a client of that release, and waits for all that comes of it. */
  async send(sent: Sent): Promise<Outcome> {
    const { release, procedure: name, requests, metadata = [] } = sent;
    const { encoding = "msgpack", patienceMs = 5_000 } = sent;
    const procedure = this.#procedureOf(release, name);
    const caller = await this.#callerOf(release, encoding);
    this.#log = [];
    if (procedure === undefined || caller === undefined) return this.#outcome({});
    const { kind } = procedure;
    const called = { ...procedure, name };
    if (isCallKind(kind)) {
      const { came, isBroken } = await patiently(
        () => caller.call(kind, called, requests, metadata),
        patienceMs,
      );
      if (isBroken) {
        this.#callers.delete(keyOf(release, encoding)); // the next call begins anew
        caller.close();
      }
      return this.#outcome(came);
    }
    caller.tell(called, requests[0], metadata);
    await turns(() => (this.#script?.arrivals.length ?? 0) > 0 || this.#log.length > 0);
    // The user's own handlers may wait for something.
    if (this.#script === undefined) await new Promise((resolve) => setTimeout(resolve, restMs));
    return this.#outcome({});
  }

  /**
   * Lets the server tell the client of a release a notification, and waits until it came.
   *
   * @param name Its name in that release. @param newest Its name in the newest.
   */
  async notify(release: string, name: string, newest: string, message: unknown): Promise<Outcome> {
    const procedure = this.#procedureOf(release, name);
    const caller = await this.#callerOf(release, "msgpack");
    this.#log = [];
    caller?.told.splice(0);
    // Clients of other releases are there as well, and an adapter of theirs may fail.
    const root: unknown = this.#server.notify(
      { name: this.#service.name },
      ({ version }) => version === keyOf(release, "msgpack"),
    );
    const send = newest.split("/").reduce<unknown>(memberOf, root);
    if (isSender(send)) send(message);
    await turns(() => (caller?.told.length ?? 0) > 0 || this.#log.length > 0);
    const values = procedure === undefined ? [] : (caller?.heard({ ...procedure, name }) ?? []);
    return this.#outcome({ values });
  }

  async close(): Promise<void> {
    for (const caller of this.#callers.values()) caller.close();
    await this.#server.close({ withinMs: 1 });
  }

  /** A procedure, also one that only other releases have. */
  #procedureOf(release: string, name: string): ProcedureDocument | undefined {
    const own = this.history.find((each) => each.release === release);
    const all = own === undefined ? this.history : [own, ...this.history.toReversed()];
    return all
      .map(({ procedures }) => (Object.hasOwn(procedures, name) ? procedures[name] : undefined))
      .find((found) => found !== undefined);
  }

  #outcome(of: Partial<Outcome>): Outcome {
    const arrivals = [...(this.#script?.arrivals ?? [])];
    return {
      values: [],
      error: undefined,
      trailing: [],
      isHung: false,
      ...of,
      arrivals,
      log: this.#log,
    };
  }

  async #callerOf(release: string, encoding: Encoding): Promise<Caller | undefined> {
    const key = keyOf(release, encoding);
    const known = this.#callers.get(key);
    if (known !== undefined) return known;
    const document = this.history.find((each) => each.release === release);
    if (document === undefined) return undefined;
    const { fingerprint } = document;
    // A working tree has no number: its client says so by saying none.
    const offer = release === workingTree ? { fingerprint } : { release, fingerprint };
    const payloads = encoding === "msgpack" ? byName : byPosition(document.definitions);
    const accept: Accept = (far) => this.#server.accept(far);
    const caller = new Caller(this.#service.name, [offer], accept, payloads, key);
    const { welcome } = await caller.greeting;
    if (welcome === undefined) return undefined;
    this.#callers.set(key, caller);
    return caller;
  }
}

/** The name of a client: each release has one in each encoding. */
function keyOf(release: string, encoding: Encoding): string {
  return `${release} ${encoding}`;
}

/** The server makes a function for each notification, and a group for each part of a name before the last. */
function isSender(member: unknown): member is (message: unknown) => number {
  return typeof member === "function";
}

function memberOf(tree: unknown, name: string): unknown {
  return typeof tree === "object" && tree !== null ? Reflect.get(tree, name) : undefined;
}

/** What a call came to, and whether its connection is of no more use: it did not end in time, or it cannot be made. */
async function patiently(
  call: () => OpenCall,
  patienceMs: number,
): Promise<{ readonly came: Partial<Outcome>; readonly isBroken: boolean }> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const open = call();
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), patienceMs);
    });
    const answer = await Promise.race([open.answered, late]);
    if (answer !== undefined) return { came: answer, isBroken: false };
    return { came: { ...open.leave(), isHung: true }, isBroken: true };
  } catch (error) {
    return { came: { error: ConcordatError.from(error) }, isBroken: true };
  } finally {
    clearTimeout(timer);
  }
}

/** Lets everything in memory happen, until something has come of it. */
async function turns(isDone: () => boolean): Promise<void> {
  for (let turn = 0; turn < mostTurns && !isDone(); turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
}
