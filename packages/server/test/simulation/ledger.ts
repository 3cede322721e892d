/** What really happened in a simulation, as the server and the callers saw it: the invariants are checked against it. */

import { type ConcordatError, ServerOutdatedError, UpgradeRequiredError } from "@concordat/core";
import type { Clock } from "@concordat/core/internal";

import { FloorBook } from "./floor-book.ts";
import { type Circumstances, NotificationLedger } from "./notification-ledger.ts";

/** What is done: the procedures, and a call that has to go well. */
export type FateKind =
  | "add"
  | "count"
  | "sum"
  | "echo"
  | "look"
  | "follow"
  | "told"
  | "probe"
  | "extra"
  | "stale";

/** How anything may end that was not refused for its credentials. */
const endings: ReadonlySet<string> = new Set(["ok", "left", "deadline_exceeded", "unavailable"]);

/** What a caller waits for at most. */
export interface Hurry {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** What a caller saw of one call. */
export interface Fate {
  readonly kind: FateKind;
  readonly client: number;
  /** `open`, `ok`, `left` by the caller, or the status code of the error. */
  outcome: string;
  error?: ConcordatError;
  /** What came of it: the answer, or the items so far. */
  readonly received: number[];
  readonly hasDeadline: boolean;
  /** What its caller gives it up by. */
  readonly signal: AbortSignal | undefined;
  /** Whether its client was told before that it has to move, and waited for its program. */
  readonly isLate: boolean;
  /** What a whole and right answer would be. */
  readonly expected: readonly number[];
}

/** The books of one run. */
export class Ledger {
  /** How often each call of `add` was executed, by its unique operand. */
  readonly executions = new Map<number, number>();
  readonly fates: Fate[] = [];
  readonly notifications = new NotificationLedger();
  /** Clients that were refused for their credentials at some time. */
  readonly refused = new Set<number>();
  /** What was seen to go wrong at the moment when it did. */
  readonly seen: string[] = [];
  readonly floors: FloorBook;
  /** Clients that their program has closed at some time. */
  readonly closed = new Set<number>();
  /** Whether the contract that clients can do without was withdrawn at some time. */
  wasWithdrawn = false;

  constructor(clock: Clock) {
    this.floors = new FloorBook(clock, this.seen);
  }

  /** The server executed a call. */
  executed(operand: number): void {
    this.executions.set(operand, (this.executions.get(operand) ?? 0) + 1);
  }

  /** A caller begins a call. */
  begin(
    kind: FateKind,
    client: number,
    expected: readonly number[],
    { timeoutMs, signal }: Hurry = {},
  ): Fate {
    const hasDeadline = timeoutMs !== undefined;
    const isLate = this.floors.isStale(client);
    const known = { kind, client, expected, hasDeadline, signal, isLate };
    const fate: Fate = { ...known, outcome: "open", received: [] };
    this.fates.push(fate);
    return fate;
  }

  /** Every invariant that does not hold, as a sentence. */
  *violations(circumstances: Circumstances): Generator<string> {
    yield* this.seen;
    yield* this.notifications.violations(circumstances);
    for (const [operand, times] of this.executions) {
      if (times > 1) yield `the call ${operand} was executed ${times} times`;
    }
    for (const [index, fate] of this.fates.entries()) {
      const { kind, outcome, received, expected } = fate;
      const name = `call ${index} (${kind})`;
      if (outcome === "open") yield `${name} never ended`;
      else if (!this.#isAllowed(fate, circumstances))
        yield `${name} ended with ${outcome}: ${fate.error?.rawMessage}`;
      if (received.some((item, at) => item !== expected[at])) {
        yield `${name} received ${received.join(" ")} where ${expected.join(" ")} was sent`;
      }
      if (outcome === "ok" && received.length !== expected.length) {
        yield `${name} ended well after ${received.length} of ${expected.length} items`;
      }
      if (kind === "add" || kind === "extra") yield* this.#executionsOf(fate, name);
    }
  }

  /** Whether a call may have ended as it did. Its sentence has to say so where nobody knows what became of it. */
  #isAllowed(
    { kind, client, outcome, error, hasDeadline, signal, isLate }: Fate,
    { isCalm, isPunctual, upheavals: { haste, tight } }: Circumstances,
  ): boolean {
    if (kind === "probe") return outcome === "ok";
    if (error instanceof UpgradeRequiredError) return this.floors.told.has(client);
    // Calls wait for ten minutes, by a clock that may be set.
    if (error instanceof ServerOutdatedError) return !isPunctual || haste;
    if (kind === "stale") return false;
    if (outcome === "cancelled") return signal?.aborted === true || this.closed.has(client);
    if (isLate) return false;
    if (outcome === "unimplemented") return kind === "extra" && this.wasWithdrawn;
    if (outcome === "unauthenticated") return this.refused.has(client);
    if (outcome === "resource_exhausted") return tight && error?.notExecuted === true;
    if (!endings.has(outcome)) return false;
    if (outcome !== "unavailable") return true;
    // Who does not wait for a connection is told so.
    if (haste && error?.notExecuted === true) return true;
    // What may be made again is, until it goes well or its deadline comes before the next attempt.
    if (kind === "look" || kind === "follow") return hasDeadline;
    // In good weather nobody notices a drain, or credentials that are renewed.
    if (kind === "told" || isCalm) return false;
    return error?.notExecuted === true || /nobody knows whether/.test(error?.rawMessage ?? "");
  }

  *#executionsOf(
    { expected: [answer = 0], outcome, error }: Fate,
    name: string,
  ): Generator<string> {
    const times = this.executions.get(answer - 1) ?? 0;
    if (outcome === "ok" && times !== 1) yield `${name} was answered and never executed`;
    if (error?.notExecuted === true && times > 0)
      yield `${name} was executed, and its caller was told that it was not`;
  }

  /** How many calls ended how, for the line that a run prints. */
  summary(): string {
    const counts = new Map<string, number>();
    for (const { outcome } of this.fates) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(", ");
  }
}
