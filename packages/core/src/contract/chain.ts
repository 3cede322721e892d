/** What runs around a call on either side: middleware on the server, interceptors on the client. */

/** One link of the chain: does its part, and lets `next()` do the rest. */
export type Around<Context> = (context: Context, next: () => Promise<void>) => Promise<void>;

/** Runs `rest` inside all of `around`, the first outermost. */
export function runThrough<Context>(
  around: readonly Around<Context>[],
  context: Context,
  rest: () => Promise<void>,
): Promise<void> {
  return step(0);

  function step(at: number): Promise<void> {
    const current = around[at];
    return current === undefined ? rest() : current(context, () => step(at + 1));
  }
}
