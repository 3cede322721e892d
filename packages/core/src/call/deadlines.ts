/** The deadlines of all open calls: those of one moment together, so that a short call costs no search. */

/** So many moments whose calls have all ended are not worth a look. */
const spare = 64;

/**
 * Deadlines by time.
 *
 * Clocks count milliseconds, so busy connections have many calls for each moment. A heap orders the moments;
 * one without calls is left in it until it comes to the top, or until there are too many of them.
 */
export class Deadlines {
  readonly #callsAt = new Map<number, Set<number>>();
  #heap: number[] = [];

  /** When the next deadline passes, or `undefined` for never. */
  get next(): number | undefined {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (this.#callsAt.has(first)) return first;
      this.#removeFirst();
    }
    return undefined;
  }

  /** How many moments are remembered. */
  get size(): number {
    return this.#heap.length;
  }

  /** Remembers that call `id` has to be over at `at`. */
  add(at: number, id: number): void {
    const calls = this.#callsAt.get(at);
    if (calls !== undefined) {
      calls.add(id);
      return;
    }
    this.#callsAt.set(at, new Set([id]));
    this.#heap.push(at);
    this.#rise(this.#heap.length - 1);
  }

  /** Forgets a call that has ended. */
  remove(at: number, id: number): void {
    const calls = this.#callsAt.get(at);
    if (calls?.delete(id) !== true || calls.size > 0) return;
    this.#callsAt.delete(at);
    if (this.#heap.length <= this.#callsAt.size * 2 + spare) return;
    this.#heap = [...this.#callsAt.keys()].toSorted((one, other) => one - other); // what is sorted is a heap
  }

  /** Takes out the calls whose deadline has passed, in the order of time. */
  *due(now: number): Generator<number> {
    for (let first = this.next; first !== undefined && first <= now; first = this.next) {
      const calls = this.#callsAt.get(first) ?? [];
      this.#callsAt.delete(first);
      this.#removeFirst();
      yield* calls;
    }
  }

  #rise(from: number): void {
    let child = from;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (this.#at(parent) <= this.#at(child)) return;
      this.#swap(parent, child);
      child = parent;
    }
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    heap[0] = last;
    let parent = 0;
    for (;;) {
      const left = parent * 2 + 1;
      const right = left + 1;
      let least = parent;
      if (this.#at(left) < this.#at(least)) least = left;
      if (this.#at(right) < this.#at(least)) least = right;
      if (least === parent) return;
      this.#swap(parent, least);
      parent = least;
    }
  }

  #at(index: number): number {
    return this.#heap[index] ?? Infinity;
  }

  #swap(left: number, right: number): void {
    const at = this.#at(left);
    this.#heap[left] = this.#at(right);
    this.#heap[right] = at;
  }
}
