/** The one function that makes a client. */
import { ConcordatError } from "@concordat/core";
import {
  type Clock,
  type Limits,
  limitsWith,
  present,
  Reader,
  routingToken,
  systemClock,
  tokenOfRevision,
  wireRevisions,
  Writer,
} from "@concordat/core/internal";
import { checkDefaults, defaultsOf } from "./call/call-defaults.ts";
import type { Caller } from "./call/caller.ts";
import type { BoundProcedure } from "./call/procedure.ts";
import { Retries } from "./call/retries.ts";
import type { Client, ClientLife, ReservedKey } from "./client.ts";
import { reservedKeys } from "./client.ts";
import type { ClientOptions, ConnectOptions, ContractMap } from "./client-options.ts";
import { connected, stayConnected } from "./connected.ts";
import { defaultBackoff } from "./connection/backoff.ts";
import type { ClientEvents } from "./connection/client-events.ts";
import { Connector } from "./connection/connector.ts";
import type { OwnContract } from "./connection/negotiated.ts";
import { Credentials } from "./connection/credentials.ts";
import { contractCaller } from "./contract-caller.ts";
import { credentialsChanged } from "./credentials-changed.ts";
import { Listeners } from "./listeners.ts";
import { Inbox } from "./notification/inbox.ts";
import { Topic } from "./notification/topic.ts";
import { listenToPage } from "./page-signals.ts";
import { systemRandom } from "./random.ts";
import { dial, type Dial, type Way } from "./socket/dial.ts";
import { findWebSocket } from "./socket/find-websocket.ts";
import type { Patience } from "./socket/patience.ts";
import { pipeWay } from "./socket/pipe-way.ts";
import { socketWay } from "./socket/socket-way.ts";

type AnyOptions<Contracts extends ContractMap> =
  | ClientOptions<Contracts>
  | ConnectOptions<Contracts>;

/**
 * Makes a client. It dials at the first call, or at `connect()`.
 *
 * @throws ConcordatError `failed_precondition` where there is no WebSocket, `invalid_argument` where a contract's key
 * is taken by the client itself or two keys name one contract.
 */
export function createClient<const Contracts extends ContractMap>(
  options: AnyOptions<Contracts & { readonly [Key in ReservedKey]?: never }>,
): Client<Contracts> {
  const { contracts, timeoutMs, retry, calls = {}, interceptors = [] } = options;
  const { clock = systemClock, random = systemRandom } = options;
  const limits = limitsWith(options.limits);
  const own = ownContracts(contracts);
  const credentials = new Credentials(options.credentials);
  checkDefaults(calls, own.flatMap(pathsOf));
  const later = (run: () => void): void => clock.endOfTurn(run);
  const listeners = new Listeners<ClientEvents>(later);
  const inbox = new Inbox();
  const connector = new Connector({
    dial: dialOf(options, own, credentials, clock, limits),
    credentials,
    timeoutMs: options.dialTimeoutMs ?? 15_000,
    client: present({ name: options.name, version: options.version }),
    contracts: own,
    backoff: { ...defaultBackoff, ...options.backoff },
    whenDisconnected: options.whenDisconnected ?? "wait",
    serverOutdatedAfterMs: options.serverOutdatedAfterMs ?? 600_000,
    limits,
    clock,
    random,
    listeners,
    inbox,
  });
  followPage(connector, listeners);
  const listening = stayConnected(connector, listeners, inbox);
  const caller: Caller = {
    desk: { to: new Writer(), from: new Reader() },
    connector,
    clock,
    limits,
    interceptors,
    retries: new Retries(clock, random),
    defaultsOf: (path) =>
      defaultsOf(path, present({ timeoutMs, retry }), calls, limits.metadataBytes),
    guard: (run) => listeners.guard(run),
  };
  const unreadable = (error: ConcordatError): void => listeners.emit("unreadable", error);
  const topicOf = (procedure: BoundProcedure): Topic => {
    const topic = new Topic({ procedure, later, listening, unreadable });
    inbox.add(topic);
    return topic;
  };
  const faces = Object.entries(contracts).map(
    ([key, contract]) => [key, contractCaller(caller, contract, topicOf)] as const,
  );
  // Each contract's own type says what its functions are; `contractCaller` makes them of the same procedures.
  return Object.assign(
    clientLife(connector, listeners),
    Object.fromEntries(faces),
  ) as unknown as Client<Contracts>;
}

/** How a client of these options connects. */
function dialOf(
  options: AnyOptions<ContractMap>,
  own: readonly OwnContract[],
  shown: Credentials,
  clock: Clock,
  { closeMs }: Limits,
): Dial {
  const { dialTimeoutMs: timeoutMs = 15_000, connect } = options;
  const credentials = (): Promise<unknown> => shown.supply();
  const way = connect === undefined ? wayOf(options, own, { clock, closeMs }) : pipeWay(connect);
  return (ear) => dial({ way, credentials, timeoutMs, clock }, ear);
}

function wayOf(options: ClientOptions, own: readonly OwnContract[], patience: Patience): Way {
  const WebSocket = findWebSocket(options.WebSocket);
  const protocols = [...wireRevisions.map(tokenOfRevision), ...tokensOf(own)];
  return socketWay({ url: options.url, WebSocket, protocols, ...patience });
}

/** Listens to the page from the first dial until the client is closed. */
function followPage(connector: Connector, listeners: Listeners<ClientEvents>): void {
  let stop: (() => void) | undefined;
  listeners.on("state", (state) => {
    if (state === "connecting") stop ??= listenToPage(connector);
    if (state !== "closed") return;
    stop?.();
    stop = undefined;
  });
}

function clientLife(connector: Connector, listeners: Listeners<ClientEvents>): ClientLife {
  return {
    get state() {
      return connector.state;
    },
    get releases() {
      return connector.negotiated?.releases ?? new Map();
    },
    connect: () => connected(connector),
    close() {
      connector.close();
      return Promise.resolve();
    },
    credentialsChanged: () => credentialsChanged(connector),
    on: (name, listener) => listeners.on(name, listener),
  };
}

function ownContracts(contracts: ContractMap): readonly OwnContract[] {
  const names = new Set<string>();
  for (const [key, { name }] of Object.entries(contracts)) {
    const reserved: readonly string[] = reservedKeys;
    if (reserved.includes(key)) {
      const message = `The contract ${name} cannot be called "${key}" on the client, which has that itself; choose another key.`;
      throw new ConcordatError("invalid_argument", message);
    }
    if (names.has(name)) {
      const message = `The contract ${name} is given twice; one connection speaks one release of it.`;
      throw new ConcordatError("invalid_argument", message);
    }
    names.add(name);
  }
  return Object.values(contracts);
}

function pathsOf({ name, procedures }: OwnContract): readonly string[] {
  return procedures.map((procedure) => `${name}/${procedure.name}`);
}

/** A token names a release only, and a server may refuse on it: what is used of the contract it learns from the hello. */
function tokensOf(own: readonly OwnContract[]): readonly string[] {
  return own.filter(({ uses }) => uses === undefined).map(tokenOf);
}

function tokenOf({ name, offers }: OwnContract): string {
  return routingToken(name, offers[0]?.release);
}
