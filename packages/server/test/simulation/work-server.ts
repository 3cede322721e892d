/** A simulated server, and what it watches its clients' credentials and sessions by. */
import { ConcordatError, type Context, withCursor } from "@concordat/core";
import type { Clock } from "@concordat/core/internal";
import type { SeededRandom } from "@concordat/testing";

import { authenticated, createServer, implement, type Server } from "../../src/index.ts";
import type { Planted } from "./defect.ts";
import type { Ledger } from "./ledger.ts";
import { NotificationLedger } from "./notification-ledger.ts";
import type { SessionWitness } from "./session-witness.ts";
import { smallLimits, work } from "./work.ts";

/** What the servers of one run share. */
export interface ServedWorld {
  /** The clock of the servers' machine. */
  readonly clock: Clock;
  readonly ledger: Ledger;
  readonly random: SeededRandom;
  readonly witness: SessionWitness;
  /** How long credentials are good. */
  readonly credentialsMs: number;
  /** Whether all timers have been in time so far. */
  readonly isPunctual: () => boolean;
  /** What goes wrong on purpose. */
  readonly planted: Planted;
  /** Waits a moment, in real time. */
  readonly pause: () => Promise<void>;
}

/** Makes a server. Several of one run know nothing of each other, as the processes of a deploy. */
export function serve(world: ServedWorld): Server {
  const { clock, ledger, random, witness, credentialsMs, isPunctual, pause, planted } = world;
  /** When the credentials of each connection end. */
  const ends = new Map<string, number>();
  const hasExpired = ({ peer: { address = "" } }: Context): boolean =>
    clock.now() > (ends.get(witness.latest(address)) ?? Infinity);
  /** Credentials that end while a handler runs end the handler. */
  const watched = async (context: Context): Promise<void> => {
    await pause();
    if (isPunctual() && hasExpired(context) && !context.signal.aborted)
      ledger.seen.push(`${context.procedure} ran on for a caller whose credentials had ended`);
  };
  return createServer({
    clock,
    random,
    limits: { ...smallLimits, earlyBytes: 65_536 }, // a server has to take what every client may send
    log: () => undefined,
    authenticate({ credentials, address = "" }) {
      const expiresAt = clock.now() + credentialsMs;
      ends.set(address, planted.now("credentials") ? clock.now() : expiresAt);
      return authenticated(credentials, { expiresAt, identity: String(credentials) });
    },
    middleware: [
      async (context, next) => {
        if (hasExpired(context))
          ledger.seen.push(`${context.procedure} began for a caller whose credentials had ended`);
        await next();
      },
    ],
    services: [
      implement(work, {
        handlers: {
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
            for await (const item of items) total += item;
            return total;
          },
          async *echo(items) {
            for await (const item of items) yield item;
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
            const lane = NotificationLedger.of(ledger.notifications.fromClients, clientOf(peer));
            const session = witness.sessionOf(peer.address);
            planted.hear("client notifications", lane.heard, { message, session });
            if (random() < 0.3) await pause();
          },
        },
      }),
    ],
  });
}

/** Sends a client news, and writes down on which of its sessions. */
export function sendNews(
  server: Server,
  client: number,
  message: number,
  world: ServedWorld,
): void {
  const { ledger, witness } = world;
  const sessions: number[] = [];
  const count = server
    .notify(work, (peer) => {
      if (clientOf(peer) !== client) return false;
      sessions.push(witness.sessionOf(peer.address) ?? -1);
      return true;
    })
    .news(message);
  // One that was replaced, and waits in vain, is sent it too.
  const session = Math.max(...sessions);
  if (count > 0)
    NotificationLedger.of(ledger.notifications.fromServers, client).sent.push({ message, session });
}

/** Clients show their number. */
function clientOf({ principal }: { readonly principal: unknown }): number {
  return Number(principal);
}
