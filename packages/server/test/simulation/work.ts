/** The contract that simulated clients and servers have in common: one procedure for each thing that may go wrong. */
import {
  bidiStream,
  type CallersOf,
  clientNotification,
  clientStream,
  defineContract,
  serverNotification,
  serverStream,
  unary,
} from "@concordat/core";
import type { ClientContract } from "@concordat/core/internal";
import { type TInteger, Type } from "typebox";

/** The procedures, as a release has them that writes its numbers so. */
// oxlint-disable-next-line typescript/explicit-module-boundary-types -- the type is the tree
export function treeOf(integer: TInteger) {
  const integers = { request: integer, response: integer };
  return {
    add: unary(integers),
    count: serverStream(integers),
    sum: clientStream(integers),
    echo: bidiStream(integers),
    /** May be made again, and fails now and then. */
    look: unary({ ...integers, idempotent: true }),
    /** May be made again, fails now and then, and goes on from a cursor. */
    follow: serverStream({ ...integers, idempotent: true }),
    told: clientNotification({ message: integer }),
    news: serverNotification({ message: integer }),
  };
}

/** Never released. */
export const work = defineContract("work", treeOf(Type.Integer()));

/** What clients can do without, and servers withdraw. */
export const extra = defineContract("extra", {
  add: unary({ request: Type.Integer(), response: Type.Integer() }),
});

/** What every simulated client calls. */
export type Contracts = { readonly work: ClientContract<CallersOf<typeof work.tree>> };

/** Small enough that windows close, frames are packed, and replays overflow now and then. */
export const smallLimits = {
  streamWindowBytes: 32,
  connectionWindowBytes: 64,
  replayBytes: 2_048,
  earlyBytes: 2_048,
};

/** A server at whose bounds calls wait, and whose sessions end, before a program is over. */
export const tightLimits = {
  callsInFlight: 2,
  graceMs: 3_000,
  keepAliveMs: 3_000,
  replayBytes: 512,
  detachedSessions: 1,
};
