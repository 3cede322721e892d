/** What every client is made of, whatever its entry brings along. */
import {
  present,
  Reader,
  type SharedLimits,
  sharedLimitsWith,
  systemClock,
  Writer,
} from "@concordat/core/internal";
import type { ResolvedDefaults } from "./call/call-defaults.ts";
import type { Caller } from "./call/caller.ts";
import { Retries } from "./call/retries.ts";
import { Signals } from "./call/signals.ts";
import type { Client, ClientLife } from "./client.ts";
import type { ClientOptions, ContractMap } from "./client-options.ts";
import { connecting } from "./connection/connected.ts";
import { defaultBackoff } from "./connection/backoff.ts";
import type { ClientEvents } from "./connection/client-events.ts";
import { Connector } from "./connection/connector.ts";
import { Credentials } from "./connection/credentials.ts";
import type { OwnContract } from "./connection/negotiated.ts";
import { contractCaller, type MakeMember } from "./contract-caller.ts";
import { credentialsChanged } from "./credentials-changed.ts";
import type { LoadedParts } from "./connection/loaded-parts.ts";
import { Listeners } from "./connection/listeners.ts";
import { numbersOf } from "./call/option-numbers.ts";
import { listenToPage } from "./page-signals.ts";
import { systemRandom } from "./connection/random.ts";
import { dial, type Way } from "./socket/dial.ts";
import type { ClosePatience } from "./socket/close-patience.ts";
import type { DialBounds } from "./socket/websocket-shape.ts";

/** What a client of every entry may be told. */
export type CommonOptions<Contracts extends ContractMap = ContractMap> = Omit<
  ClientOptions<Contracts>,
  "url" | "connect" | "WebSocket" | "interceptors" | "calls"
>;

/** What an entry decides. */
export interface ClientParts {
  /** Its contracts, looked at. */
  readonly own: readonly OwnContract[];
  /** What its connections are made of, before its procedures add to it. */
  readonly loaded: LoadedParts;
  /** How the client connects. */
  readonly wayOf: (bounds: ClosePatience & DialBounds) => Way;
  /** What it makes of its procedures. */
  readonly memberOf: MakeMember;
  /** What holds for their calls. */
  readonly defaultsOf: (path: string, limits: SharedLimits) => ResolvedDefaults;
}

const defaultWaits = { dialTimeoutMs: 15_000, serverOutdatedAfterMs: 600_000 };

/** Makes a client. Throws as `createClient` does. */
export function makeClient<Contracts extends ContractMap>(
  options: CommonOptions<Contracts>,
  { own, loaded, wayOf, memberOf, defaultsOf }: ClientParts,
): Client<Contracts> {
  const { contracts, clock = systemClock, random = systemRandom } = options;
  const client = present({ name: options.name, version: options.version });
  const { dialTimeoutMs: timeoutMs, serverOutdatedAfterMs } = numbersOf(defaultWaits, options);
  const limits = sharedLimitsWith(options.limits);
  const credentials = new Credentials(options.credentials, clock);
  const listeners = new Listeners<ClientEvents>((run) => clock.endOfTurn(run));
  const way = wayOf({ ...limits, clock });
  const shown = (): Promise<unknown> => credentials.supply();
  const connector = new Connector({
    dial: (ear) => dial({ way, credentials: shown, client, timeoutMs, clock }, ear),
    credentials,
    timeoutMs,
    client,
    contracts: own,
    backoff: numbersOf(defaultBackoff, options.backoff, "backoff."),
    whenDisconnected: options.whenDisconnected ?? "wait",
    serverOutdatedAfterMs,
    limits,
    clock,
    random,
    listeners,
    loaded,
  });
  followPage(connector, listeners);
  const caller: Caller = {
    desk: { to: new Writer(), from: new Reader() },
    connector,
    clock,
    limits,
    retries: new Retries(clock, random),
    signals: new Signals(),
    defaultsOf: (path) => defaultsOf(path, limits),
    listeners,
    loaded,
  };
  const faces = Object.entries(contracts).map(
    ([key, contract]) => [key, contractCaller(caller, contract, memberOf)] as const,
  );
  // Each contract's own type says what its functions are; `contractCaller` makes them of the same procedures.
  return Object.assign(
    clientLife(connector, listeners),
    Object.fromEntries(faces),
  ) as unknown as Client<Contracts>;
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
  const none: ClientLife["releases"] = new Map(); // one, so that who compares what it reads sees no change
  return {
    get state() {
      return connector.state;
    },
    get releases() {
      return connector.negotiated?.releases ?? none;
    },
    connect: connecting(connector),
    close() {
      connector.close();
      return Promise.resolve();
    },
    credentialsChanged: () => credentialsChanged(connector),
    on: (name, listener) => listeners.on(name, listener),
  };
}
