/** A handler's items out to the caller, as fast as its credit allows. */
import type { Items } from "@concordat/core";
import {
  type AnyIterator,
  type Call,
  type Clock,
  type Cursored,
  type Gate,
  isCursored,
  iteratorOf,
  type Payload,
} from "@concordat/core/internal";

import type { CallContext } from "./call-context.ts";
import type { ItemConverter } from "../adapter/message-conversion.ts";
import { disown, isThenable } from "../thenable.ts";

/** What sending takes. */
export interface Sending {
  readonly call: Call;
  readonly context: CallContext;
  readonly writer: ItemConverter<unknown, Payload>;
  /** Opens when there is credit again, or nobody waits any more. */
  readonly gate: Gate;
  readonly clock: Clock;
  /** Settles when the producer has left, where it was sent away before its last item and nobody waited for that. */
  left?: Promise<void> | undefined;
}

/**
 * So much is sent before other events have their turn: a peer may announce windows of gigabytes, and while a producer that
 * never waits fills them, nothing else is served and nothing leaves.
 */
const mostAtOnce = 4_194_304;
/** What an item costs beside its bytes. */
const itemCost = 64;

/**
 * Sends every item of an iterable.
 *
 * The producer is not asked for the next item before the last one has left, and its `finally` runs exactly once
 * however the call ends. What `for await` would do, without its promises where the iterable makes none: they cost
 * more than a small item.
 *
 * @throws why the call ended, where it did before the last item.
 */
export async function sendStream(items: Items<unknown>, sending: Sending): Promise<void> {
  const { call, context, writer, gate, clock } = sending;
  const iterator = iteratorOf(items);
  if (iterator === undefined) throw notIterable(items);
  /** Whether there is nothing to tell the producer any more: it has ended, or thrown. */
  let isOver = false;
  /** What was sent since anything was waited for that takes a turn of the event loop. */
  let atOnce = 0;
  try {
    for (;;) {
      isOver = true; // while it is asked: what it throws is its own end
      const asked = iterator.next();
      const { done, value } = "then" in asked ? await asked : asked;
      if (done) break; // whatever counts as true, as in `for await`
      isOver = false;
      const given: unknown = isThenable(value) ? await value : value;
      if (isCursored(given)) await sendCursored(given);
      else {
        for (const payload of writer.item(given)) {
          while (!maySend()) await turn();
          send(payload);
        }
      }
    }
    for (const payload of writer.end?.() ?? []) {
      while (!maySend()) await turn();
      send(payload);
    }
  } finally {
    const left = isOver ? undefined : leave(iterator);
    // A caller that still waits is not kept waiting for a producer that does not end.
    if (context.ended === undefined) sending.left = left;
    else await left;
  }

  /** The cursor is behind everything that an older release makes of the item. */
  async function sendCursored({ item, cursor }: Cursored): Promise<void> {
    const payloads = [...writer.item(item)];
    for (const [at, payload] of payloads.entries()) {
      while (!maySend()) await turn();
      send(payload, at === payloads.length - 1 ? cursor : undefined);
    }
  }

  function maySend(): boolean {
    return context.ended === undefined && atOnce < mostAtOnce && call.canSend;
  }

  /** Until credit may have come. Another call may have spent it by then, so the one who waited has to look again. */
  async function turn(): Promise<void> {
    if (context.ended === undefined) await (atOnce < mostAtOnce ? gate.wait() : nextEvents(clock));
    atOnce = 0;
    if (context.ended !== undefined) throw context.ended;
  }

  function send(payload: Payload, cursor?: string): void {
    context.answering();
    call.sendItem(payload, cursor);
    atOnce += payload.length + itemCost;
  }
}

/** An `async` function without its `*` is the likely mistake: a rejection of it that nobody hears would end the process. */
function notIterable(given: unknown): TypeError {
  if (!isThenable(given))
    return new TypeError("The handler of a stream gave nothing that can be iterated.");
  disown(given);
  return new TypeError(
    "The handler of a stream gave a promise; it has to be an async generator, or to return what can be iterated.",
  );
}

/** Settles when other events have had their turn. */
function nextEvents(clock: Clock): Promise<void> {
  return new Promise((turn) => void clock.wakeAt(clock.now(), turn));
}

/** Its `finally` runs. What it throws then has no one to go to: the call has its end already. */
async function leave(iterator: AnyIterator): Promise<void> {
  try {
    await iterator.return?.();
  } catch {
    // as `for await` does where it is left by an error
  }
}
