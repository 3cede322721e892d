/** The open calls of one connection, by their ids and by the first of their deadlines. */

/** What is asked of a call to keep it. */
export interface KeptCall {
  readonly id: number;
  readonly deadline: number | undefined;
}

/** What is asked of a table of calls. */
export interface CallTable<C extends KeptCall> {
  /** How many there are. */
  readonly size: number;
  /** When to look for deadlines that have passed, or `undefined` while there is none. */
  readonly dueAt: number | undefined;
  /** The open call with this id. */
  get(id: number): C | undefined;
  /** A call has begun, of which nobody had the id before. */
  add(call: C): void;
  /** A call is over. */
  delete(call: C): void;
  /** All of them, in the order in which they began. */
  all(): readonly C[];
  /** Those whose deadline has passed, in the order of time. They stay until they are deleted. */
  due(now: number): readonly C[];
}

const fewestSlots = 4;
/** A larger table is not kept while no call is open. */
const keptSlots = 128;
/** So many calls are found without a search; beyond, those that are in the way of each other are searched for. */
const mostSlots = 1_024;

/**
 * A table of calls.
 *
 * Ids grow by one with each call, so the last bits of an id are a place of its own: a call costs no hash, and leaves
 * nothing behind. Only what outlives a thousand calls after it stands beside the table.
 */
export class OpenCalls<C extends KeptCall> implements CallTable<C> {
  /** One that has no other beside it, as on most connections. */
  #lone: C | undefined;
  /** None before two calls are open, and after so many that it became large: most connections are idle most of the time. */
  #slots: (C | undefined)[] | undefined;
  /** Those that had no place in it. */
  #beside: Map<number, C> | undefined;
  #size = 0;
  /** No deadline passes before. A call that has ended is still counted in, until there is none or its time has come. */
  #dueAt = Infinity;

  get size(): number {
    return this.#size;
  }

  get dueAt(): number | undefined {
    return this.#dueAt === Infinity ? undefined : this.#dueAt;
  }

  get(id: number): C | undefined {
    if (this.#lone?.id === id) return this.#lone;
    const slots = this.#slots;
    if (slots === undefined) return undefined;
    const call = slots[id & (slots.length - 1)];
    return call?.id === id ? call : this.#beside?.get(id);
  }

  add(call: C): void {
    this.#size += 1;
    if (call.deadline !== undefined && call.deadline < this.#dueAt) this.#dueAt = call.deadline;
    if (this.#size === 1) this.#lone = call;
    else this.#place(call);
  }

  #place(call: C): void {
    let slots = (this.#slots ??= newSlots(fewestSlots));
    while (slots[call.id & (slots.length - 1)] !== undefined) {
      if (slots.length === mostSlots) {
        this.#beside = (this.#beside ?? new Map<number, C>()).set(call.id, call);
        return;
      }
      slots = this.#widen(slots);
    }
    slots[call.id & (slots.length - 1)] = call;
  }

  delete(call: C): void {
    if (this.#lone === call) this.#lone = undefined;
    else if (!this.#displace(call)) return;
    this.#size -= 1;
    if (this.#size > 0) return;
    this.#dueAt = Infinity;
    if (this.#slots !== undefined && this.#slots.length > keptSlots) this.#slots = undefined;
  }

  /** Returns false where it has no place. */
  #displace(call: C): boolean {
    const slots = this.#slots;
    if (slots === undefined) return false;
    const slot = call.id & (slots.length - 1);
    if (slots[slot] !== call) return this.#beside?.delete(call.id) === true;
    slots[slot] = undefined;
    return true;
  }

  all(): readonly C[] {
    const all = [this.#lone, ...(this.#slots ?? []), ...(this.#beside?.values() ?? [])];
    return all.filter((call) => call !== undefined).toSorted((one, other) => one.id - other.id);
  }

  due(now: number): readonly C[] {
    if (now < this.#dueAt) return [];
    const due: C[] = [];
    this.#dueAt = Infinity;
    for (const call of this.all()) {
      if (call.deadline === undefined) continue;
      if (call.deadline <= now) due.push(call);
      else if (call.deadline < this.#dueAt) this.#dueAt = call.deadline;
    }
    return due.toSorted((one, other) => (one.deadline ?? 0) - (other.deadline ?? 0));
  }

  /** Doubles the table, so often as it takes for none to be in the way of another. */
  #widen(slots: readonly (C | undefined)[]): (C | undefined)[] {
    const wider = newSlots<C>(slots.length * 2);
    // What had places of its own under fewer bits has under more.
    for (const call of slots) if (call !== undefined) wider[call.id & (wider.length - 1)] = call;
    this.#slots = wider;
    return wider;
  }
}

function newSlots<C>(count: number): (C | undefined)[] {
  return Array.from<C | undefined>({ length: count });
}
