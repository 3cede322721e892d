/** The contract that simulated clients and servers have in common: one procedure for each thing that may go wrong. */
import {
  bidiStream,
  clientNotification,
  clientStream,
  defineContract,
  serverNotification,
  serverStream,
  unary,
} from "@concordat/core";
import { Type } from "typebox";

const integers = { request: Type.Integer(), response: Type.Integer() };

export const work = defineContract("work", {
  add: unary(integers),
  count: serverStream(integers),
  sum: clientStream(integers),
  echo: bidiStream(integers),
  /** May be made again, and fails now and then. */
  look: unary({ ...integers, idempotent: true }),
  /** May be made again, fails now and then, and goes on from a cursor. */
  follow: serverStream({ ...integers, idempotent: true }),
  told: clientNotification({ message: Type.Integer() }),
  news: serverNotification({ message: Type.Integer() }),
});

/** What every simulated client calls. */
export type Contracts = { readonly work: typeof work };

/** Small enough that windows close, frames are packed, and replays overflow now and then. */
export const smallLimits = {
  streamWindowBytes: 32,
  connectionWindowBytes: 64,
  replayBytes: 2_048,
  earlyBytes: 2_048,
};
