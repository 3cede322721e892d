/** A simulated server, and what it watches its clients' credentials and sessions by. */
import {
  ConcordatError,
  type Context,
  type HandlersOf,
  type Peer,
  withCursor,
} from "@concordat/core";
import type { Clock } from "@concordat/core/internal";
import type { SeededRandom } from "@concordat/testing";

import {
  type Authenticate,
  authenticated,
  createServer,
  implement,
  type Server,
} from "../../src/index.ts";
import type { Planted } from "./defect.ts";
import type { Ledger } from "./ledger.ts";
import { NotificationLedger } from "./notification-ledger.ts";
import { type Release, served } from "./releases.ts";
import type { SessionWitness } from "./session-witness.ts";
import { hasPairs, type Upheavals } from "./upheavals.ts";
import { extra, smallLimits, tightLimits, work } from "./work.ts";

/** What the servers of one run share. */
export interface ServedWorld {
  /** The clock of the servers' machine. */
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly random: SeededRandom;
  readonly witness: SessionWitness;
  readonly upheavals: Upheavals;
  /** Whether nothing goes wrong by chance any more. */
  readonly isWell: () => boolean;
  /** How many handlers have begun, and not ended. */
  readonly running: { count: number };
  /** How long credentials are good. */
  readonly credentialsMs: number;
  /** When the credentials of each connection end. */
  readonly ends: Map<string, number>;
  /** Whether all timers have been in time so far. */
  readonly isPunctual: () => boolean;
  /** What goes wrong on purpose. */
  readonly planted: Planted;
  /** Waits a moment, in real time. */
  readonly pause: () => Promise<void>;
}

/**
 * Makes a server. Several of one run know nothing of each other, as the processes of a deploy.
 *
 * @param newest The newest release that it knows, where there are any.
 * @param isDead Whether it was killed: what still runs of it in this process has not happened.
 */
export function serve(world: ServedWorld, newest: Release, isDead: () => boolean): Server {
  const {
    clock,
    random,
    witness,
    credentialsMs,
    pause,
    planted,
    upheavals,
    ends,
    ledger,
    running,
    isWell,
  } = world;
  const handlers = handlersOf(world, isDead);
  const { contract, adapters } = served(newest);
  const check: Authenticate = ({ credentials, address = "" }) => {
    const expiresAt = clock.now() + credentialsMs;
    ends.set(address, planted.now("credentials") ? clock.now() : expiresAt);
    const identity = planted.does("callers", "confuse") ? "anybody" : String(credentials);
    return authenticated(credentials, { expiresAt, identity });
  };
  const checkSlowly: Authenticate = async (request) => {
    await pause();
    if (!isWell() && random() < 0.05) throw new Error("The register is closed.");
    return check(request);
  };
  const isReleased = upheavals.releases !== "none";
  return createServer({
    clock,
    random,
    limits: { ...smallLimits, ...(upheavals.tight && tightLimits), earlyBytes: 65_536 }, // a server has to take what every client may send
    log: () => undefined,
    authenticate: (request) => (upheavals.wary ? checkSlowly(request) : check(request)),
    middleware: [
      async (context, next) => {
        witness.serves(context.peer.address, context.peer.principal);
        if (hasExpired(world, context))
          ledger.seen.push(`${context.procedure} began for a caller whose credentials had ended`);
        running.count += 1;
        try {
          await next();
        } finally {
          if (!planted.now("handlers")) running.count -= 1;
        }
      },
    ],
    services: [
      isReleased ? implement(contract, { adapters, handlers }) : implement(work, { handlers }),
      ...(upheavals.extra ? [implement(extra, { handlers: { add: handlers.add } })] : []),
    ],
  });
}

/** What every release is served by in the end. */
function handlersOf(world: ServedWorld, isDead: () => boolean): HandlersOf<typeof work.tree> {
  const { ledger, random, witness, isPunctual, pause, planted, upheavals } = world;
  /** Credentials that end while a handler runs end the handler. */
  const watched = async (context: Context): Promise<void> => {
    await pause();
    if (isPunctual() && hasExpired(world, context) && !context.signal.aborted && !isDead())
      ledger.seen.push(`${context.procedure} ran on for a caller whose credentials had ended`);
  };
  /** Whether a handler takes its time before the next item. */
  const isSlow = (): boolean => upheavals.slow && random() < 0.3;
  const rest = async (): Promise<void> => {
    await pause();
    if (planted.now("streams")) await new Promise(() => undefined);
  };
  return {
    async add(operand, context) {
      ledger.executed(operand);
      if (planted.now("calls")) ledger.executed(operand);
      await watched(context);
      return operand + 1;
    },
    async *count(to, context) {
      for (let n = 0; n < to; n += 1) {
        if (random() < 0.2) await watched(context);
        yield n;
      }
    },
    async sum(items) {
      let total = 0;
      for await (const item of items) {
        if (isSlow()) await rest();
        total += item;
      }
      return total;
    },
    async *echo(items) {
      for await (const item of items) {
        if (isSlow()) await rest();
        yield item;
      }
    },
    async look(operand, context) {
      await watched(context);
      if (random() < 0.2) throw new ConcordatError("unavailable", "Not now.");
      return operand + 1;
    },
    async *follow(to, context) {
      for (let n = Number(context.cursor ?? 0); n < to; n += 1) {
        if (random() < 0.2) await watched(context);
        if (random() < 0.005) throw new ConcordatError("unavailable", "Not now.");
        yield withCursor(n, String(n + 1));
      }
    },
    async told(message, { peer }) {
      if (isDead()) return;
      const lane = NotificationLedger.of(ledger.notifications.fromClients, clientOf(peer));
      const session = witness.sessionOf(peer.address);
      planted.hear("client notifications", lane.heard, { message, session });
      if (random() < 0.3) await pause();
    },
  };
}

/** Whether the credentials of a caller have ended. */
function hasExpired({ clock, ends, witness }: ServedWorld, { peer }: Context): boolean {
  return clock.now() > (ends.get(witness.latest(peer.address ?? "")) ?? Infinity);
}

/** A client has to show its credentials again, within that time. */
export function doubt(server: Server, client: number, withinMs: number, world: ServedWorld): void {
  const { clock, ends, witness } = world;
  const endsAt = clock.now() + withinMs;
  const matches = (peer: Peer): boolean => {
    if (clientOf(peer) !== client) return false;
    const address = witness.latest(peer.address ?? "");
    ends.set(address, Math.min(ends.get(address) ?? Infinity, endsAt));
    return true;
  };
  server.reauthenticate(matches, { withinMs });
}

/** Sends a client news, and writes down on which of its sessions. */
export function sendNews(
  server: Server,
  client: number,
  message: number,
  world: ServedWorld,
): void {
  const { ledger, witness, upheavals } = world;
  const sessions: number[] = [];
  const count = server
    .notify(work, (peer) => {
      if (clientOf(peer) !== client) return false;
      sessions.push(witness.sessionOf(peer.address) ?? -1);
      return true;
    })
    .news(message);
  if (count === 0) return;
  const { sent } = NotificationLedger.of(ledger.notifications.fromServers, client);
  // One that was replaced, and waits in vain, is sent it too.
  const heard = hasPairs(upheavals) ? sessions : [Math.max(...sessions)];
  for (const session of heard) sent.push({ message, session });
}

/** Clients show their number, and behind the point as whom. */
function clientOf({ principal }: { readonly principal: unknown }): number {
  return Math.floor(Number(principal));
}
