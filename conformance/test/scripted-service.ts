/** The service under test: its handlers play the script that each call brings. */
import { ConcordatError, type Context, type StatusCode } from "@concordat/core";
import {
  authenticated,
  type ConnectionRequest,
  implement,
  type Service,
} from "@concordat/server/portable";
import { type Script, scripted, type ScriptItem, type Step } from "./scripted-contract.ts";

/** How a handler fared. */
class HandlerRecord {
  started = 0;
  ended = 0;
  taken = 0;
  yielded = 0;
  aborted = "no";
  /** What it was told by notifications. */
  readonly told: unknown[] = [];
  readonly hasStarted = new Flag();
  readonly hasEnded = new Flag();
}

/** Something to wait for. */
class Flag {
  #raise: () => void = () => undefined;
  readonly raised: Promise<void> = new Promise((resolve) => (this.#raise = resolve));

  raise(): void {
    this.#raise();
  }
}

/** Makes the service, with a memory of its own. */
export function scriptedService(): Service {
  const records = new Map<string, HandlerRecord>();
  const flags = new Map<string, Flag>();
  return implement(scripted, {
    handlers: {
      unary: (script, context) => answer(play(script, context, undefined)),
      serverStream: (script, context) => play(script, context, undefined),
      async clientStream(items, context) {
        const rest = items[Symbol.asyncIterator]();
        return answer(play(await scriptOf(rest), context, rest));
      },
      async *bidiStream(items, context) {
        const rest = items[Symbol.asyncIterator]();
        yield* play(await scriptOf(rest), context, rest);
      },
      strict: ({ n }) => (n === 13 ? ("no integer" as never) : n), // what a handler in JavaScript might return
      async record({ id, of }) {
        const record = found(records, id, HandlerRecord);
        if (of === "start") await record.hasStarted.raised;
        if (of === "end") await record.hasEnded.raised;
        const { started, ended, taken, yielded, aborted, told } = record;
        return { started, ended, taken, yielded, aborted, told };
      },
      told({ id, value }) {
        const record = found(records, id, HandlerRecord);
        record.told.push(value);
        if (value === "end") record.hasEnded.raise();
        if (value === "fail") throw new Error("It fails.");
      },
      raise(name) {
        found(flags, name, Flag).raise();
        return null;
      },
    },
  });

  async function* play(
    { id, steps }: Script,
    context: Context,
    rest: AsyncIterator<ScriptItem> | undefined,
  ): AsyncGenerator<unknown, unknown> {
    const record = found(records, id, HandlerRecord);
    record.started += 1;
    record.hasStarted.raise();
    try {
      for (const step of steps) {
        if (step.leading !== undefined) context.sendLeading(pairs(step.leading));
        if (step.trailing !== undefined) context.setTrailing(pairs(step.trailing));
        if (step.takes !== undefined) await take(rest, step.takes, record);
        if (step.raises !== undefined) found(flags, step.raises, Flag).raise();
        for (const news of step.notifies ?? []) context.notify(scripted).news(news);
        if (step.waits !== undefined) await wait(step.waits, context);
        for (const item of itemsOf(step)) {
          record.yielded += 1;
          yield item;
        }
        if (step.echoes !== undefined) yield* echo(rest, step.echoes, record);
        if (step.fails !== undefined) throw failure(step.fails);
        if (step.throws !== undefined) throw new Error(step.throws);
        if (step.reports === true) return report(context, record);
        if ("returns" in step) return step.returns;
      }
      return null;
    } finally {
      record.ended += 1;
      if (context.signal.aborted) record.aborted = reasonOf(context.signal);
      record.hasEnded.raise();
    }
  }

  async function wait(name: string, { signal }: Context): Promise<void> {
    if (name !== "abort") return found(flags, name, Flag).raised;
    if (!signal.aborted)
      await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    throw signal.reason;
  }
}

/** Plays to the end, for kinds with one response. */
async function answer(played: AsyncGenerator<unknown, unknown>): Promise<unknown> {
  for (;;) {
    const { done, value } = await played.next();
    if (done === true) return value;
  }
}

/** What a case may show: a caller by name, and for how long. */
interface Shown {
  readonly user?: string;
  readonly lastsMs?: number;
}

/** Takes as long as a case wants: with the credentials `slow` a moment, with `never` for ever. Whoever shows a name is believed. */
export async function authenticate({ credentials }: ConnectionRequest): Promise<unknown> {
  if (credentials === "slow") await new Promise((resolve) => setTimeout(resolve, 50));
  if (credentials === "never") await new Promise(() => undefined);
  if (typeof credentials !== "object" || credentials === null) return undefined;
  const { user, lastsMs = Infinity }: Shown = credentials;
  if (user === "nobody") throw new ConcordatError("unauthenticated", "Nobody knows nobody.");
  if (user === "banned") throw new ConcordatError("permission_denied", "Not any more.");
  if (user === "trouble") throw new Error("The directory does not answer.");
  return authenticated(user, { expiresAt: Date.now() + lastsMs });
}

async function scriptOf(items: AsyncIterator<ScriptItem>): Promise<Script> {
  const first = await items.next();
  const script = first.done === true ? undefined : first.value.script;
  if (script === undefined) throw new ConcordatError("invalid_argument", "There is no script.");
  return script;
}

async function take(
  rest: AsyncIterator<ScriptItem> | undefined,
  count: number,
  record: HandlerRecord,
): Promise<void> {
  for (let left = count; left !== 0; left -= 1) {
    const next = await rest?.next();
    if (next === undefined || next.done === true) return;
    record.taken += 1;
  }
}

async function* echo(
  rest: AsyncIterator<ScriptItem> | undefined,
  count: number,
  record: HandlerRecord,
): AsyncGenerator {
  for (let left = count; left !== 0; left -= 1) {
    const next = await rest?.next();
    if (next === undefined || next.done === true) return;
    record.taken += 1;
    record.yielded += 1;
    yield next.value.item;
  }
}

/** One by one: a script may ask for more than anybody will take. */
function* itemsOf({ yields = [], many = { count: 0, bytes: 0 } }: Step): Generator {
  yield* yields;
  for (let at = 0; at < many.count; at += 1) yield at + "x".repeat(many.bytes);
}

function failure({
  code,
  message,
  detail,
  retryAfterMs,
}: NonNullable<Step["fails"]>): ConcordatError {
  // The cases name codes of the list.
  return new ConcordatError(code as StatusCode, message, {
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function report({ metadata, deadline }: Context, { taken }: HandlerRecord): unknown {
  return { metadata, hasDeadline: deadline !== undefined, taken };
}

function reasonOf({ reason }: AbortSignal): string {
  return reason instanceof ConcordatError ? reason.code : String(reason);
}

/** What a script says. */
function pairs(
  given: readonly (readonly [string, unknown])[],
): readonly (readonly [string, string | Uint8Array])[] {
  return given as readonly (readonly [string, string])[]; // the server looks at every pair itself
}

function found<T>(all: Map<string, T>, name: string, make: new () => T): T {
  const one = all.get(name) ?? new make();
  all.set(name, one);
  return one;
}
