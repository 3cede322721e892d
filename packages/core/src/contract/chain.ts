/** What runs around a call on either side: middleware on the server, interceptors on the client. */

/** One link of the chain: does its part, and lets `next()` do the rest. */
export type Around<Context> = (context: Context, next: () => Promise<void>) => Promise<void>;

/**
 * Runs `rest` inside all of `around`, the first outermost.
 *
 * Who forgets to wait for `next()` hears nothing of its failure, and must not end the process by that: a rejection
 * that nobody looks at does.
 */
export function runThrough<Context>(
  around: readonly Around<Context>[],
  context: Context,
  rest: () => Promise<void>,
): Promise<void> {
  return step(0);

  function step(at: number): Promise<void> {
    const current = around[at];
    return current === undefined ? rest() : current(context, () => watched(step(at + 1)));
  }
}

function watched(done: Promise<void>): Promise<void> {
  Promise.resolve(done).catch(() => undefined); // what is no promise can be given in JavaScript
  return done;
}
