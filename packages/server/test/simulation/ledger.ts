/** What really happened in a simulation, as the server and the callers saw it: the invariants are checked against it. */

/** What a caller saw of one call. */
export interface Fate {
  readonly kind: "add" | "count" | "sum" | "echo" | "probe";
  /** `open`, `ok`, `left` by the caller, or the status code of the error. */
  outcome: string;
  /** What came of it: the answer, or the items so far. */
  readonly received: number[];
  /** What a whole and right answer would be. */
  readonly expected: readonly number[];
}

/** The books of one run. */
export class Ledger {
  /** How often each call of `add` was executed, by its unique operand. */
  readonly executions = new Map<number, number>();
  readonly fates: Fate[] = [];

  /** The server executed a call. */
  executed(operand: number): void {
    this.executions.set(operand, (this.executions.get(operand) ?? 0) + 1);
  }

  /** A caller begins a call. */
  begin(kind: Fate["kind"], expected: readonly number[]): Fate {
    const fate: Fate = { kind, outcome: "open", received: [], expected };
    this.fates.push(fate);
    return fate;
  }

  /** Every invariant that does not hold, as a sentence. */
  *violations(): Generator<string> {
    for (const [operand, times] of this.executions) {
      if (times > 1) yield `the call ${operand} was executed ${times} times`;
    }
    for (const [index, { kind, outcome, received, expected }] of this.fates.entries()) {
      const name = `call ${index} (${kind})`;
      if (kind === "probe" && outcome !== "ok") yield `${name} ended with ${outcome}`;
      if (outcome === "open") yield `${name} never ended`;
      if (received.some((item, at) => item !== expected[at])) {
        yield `${name} received ${received.join(" ")} where ${expected.join(" ")} was sent`;
      }
      if (outcome === "ok" && received.length !== expected.length) {
        yield `${name} ended well after ${received.length} of ${expected.length} items`;
      }
      const [answer = 0] = received;
      if (kind === "add" && outcome === "ok" && this.executions.get(answer - 1) !== 1) {
        yield `${name} was answered and never executed`;
      }
    }
  }

  /** How many calls ended how, for the line that a run prints. */
  summary(): string {
    const counts = new Map<string, number>();
    for (const { outcome } of this.fates) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(", ");
  }
}
