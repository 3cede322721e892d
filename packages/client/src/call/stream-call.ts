/** Calls with streams: responses come as an async iterable. */
import { type CallOptions, ConcordatError, type Items } from "@concordat/core";
import type { Caller } from "./caller.ts";
import { KeptRequest } from "./kept-request.ts";
import { RequestStream } from "./request-stream.ts";
import { responseOf } from "./response-call.ts";
import { ResponseIterator } from "./response-iterator.ts";
import { StreamProgress } from "./stream-progress.ts";
import type { CallableProcedure } from "./procedure.ts";

/**
 * Calls a server stream. The call is made when iteration starts; breaking out of it cancels at the server.
 *
 * For one consumer: a second iteration fails with `failed_precondition`, because it would be a second call.
 */
export function serverStreamCall(
  caller: Caller,
  procedure: CallableProcedure,
  request: unknown,
  options: CallOptions = {},
): AsyncIterable<unknown> {
  return oneIteration(() => serverStreamIterator(caller, procedure, request, options));
}

/** Calls a bidi stream; as {@link serverStreamCall}. The requests' source is asked from the start of the iteration on. */
export function bidiStreamCall(
  caller: Caller,
  procedure: CallableProcedure,
  requests: Items<unknown>,
  options: CallOptions = {},
): AsyncIterable<unknown> {
  return oneIteration(() => bidiStreamIterator(caller, procedure, requests, options));
}

/** Calls a client stream. Rejects with a ConcordatError; never throws. */
export function clientStreamCall(
  caller: Caller,
  procedure: CallableProcedure,
  items: unknown,
  options: CallOptions = {},
): Promise<unknown> {
  return responseOf(caller, {
    procedure,
    requests: (broke) => new RequestStream(procedure, items, broke),
    options,
  });
}

/** Makes the call of a server stream. */
export function serverStreamIterator(
  caller: Caller,
  procedure: CallableProcedure,
  request: unknown,
  options: CallOptions,
): AsyncIterator<unknown> {
  const kept = new KeptRequest(procedure, request);
  const progress = new StreamProgress();
  return new ResponseIterator(caller, { procedure, request: kept, progress, options });
}

/** Makes the call of a bidi stream. */
export function bidiStreamIterator(
  caller: Caller,
  procedure: CallableProcedure,
  items: unknown,
  options: CallOptions,
): AsyncIterator<unknown> {
  return new ResponseIterator(caller, {
    procedure,
    requests: (broke) => new RequestStream(procedure, items, broke),
    progress: new StreamProgress(),
    options,
  });
}

/** An iterable of which only the first iterator works. What `start` throws comes from its `next()`. */
export function oneIteration(start: () => AsyncIterator<unknown>): AsyncIterable<unknown> {
  let isTaken = false;
  return {
    [Symbol.asyncIterator]() {
      if (isTaken) {
        const message =
          "This stream has been iterated already; call the procedure again for another one.";
        return failingIterator(new ConcordatError("failed_precondition", message));
      }
      isTaken = true;
      try {
        return start();
      } catch (error) {
        return failingIterator(error);
      }
    },
  };
}

/** Throws once, and is over then, as a generator would be. */
function failingIterator(error: unknown): AsyncIterator<unknown> {
  let hasThrown = false;
  return {
    next() {
      if (hasThrown) return Promise.resolve({ done: true, value: undefined });
      hasThrown = true;
      return Promise.reject(error);
    },
  };
}
