/** The open calls of one connection, where they are few: {@link OpenCalls} in a third of the code, for a page. */
import type { CallTable, KeptCall } from "./open-calls.ts";

/** A table of calls that hashes their ids. */
export class FewCalls<C extends KeptCall> implements CallTable<C> {
  readonly #calls = new Map<number, C>();
  /** No deadline passes before. A call that has ended is still counted in, until there is none or its time has come. */
  #dueAt = Infinity;

  get size(): number {
    return this.#calls.size;
  }

  get dueAt(): number | undefined {
    return this.#dueAt === Infinity ? undefined : this.#dueAt;
  }

  get(id: number): C | undefined {
    return this.#calls.get(id);
  }

  add(call: C): void {
    this.#calls.set(call.id, call);
    this.#dueAt = Math.min(this.#dueAt, call.deadline ?? Infinity);
  }

  delete({ id }: C): void {
    this.#calls.delete(id);
    if (this.size === 0) this.#dueAt = Infinity;
  }

  all(): readonly C[] {
    return [...this.#calls.values()];
  }

  due(now: number): readonly C[] {
    if (now < this.#dueAt) return [];
    const timed = this.all().toSorted((one, other) => timeOf(one) - timeOf(other));
    const due = timed.filter((call) => timeOf(call) <= now);
    this.#dueAt = Math.min(...timed.slice(due.length, due.length + 1).map(timeOf));
    return due;
  }
}

function timeOf({ deadline = Infinity }: KeptCall): number {
  return deadline;
}
