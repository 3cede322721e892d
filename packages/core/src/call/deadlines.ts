/** The deadlines of all open calls: a heap, so that one timer serves them all. */

/** One waiting deadline. */
interface Entry {
  readonly at: number;
  readonly id: number;
}

/** So many entries of ended calls are not worth a look. */
const spare = 64;

/** Deadlines by time. An entry whose call has ended is skipped when its time comes; see {@link Deadlines.due}. */
export class Deadlines {
  #heap: Entry[] = [];

  /** When the next deadline passes, or `undefined` for never. */
  get next(): number | undefined {
    return this.#heap[0]?.at;
  }

  /** How many deadlines are remembered. */
  get size(): number {
    return this.#heap.length;
  }

  /** Remembers that call `id` has to be over at `at`. */
  add(at: number, id: number): void {
    const heap = this.#heap;
    heap.push({ at, id });
    let child = heap.length - 1;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (this.#at(parent) <= this.#at(child)) break;
      this.#swap(parent, child);
      child = parent;
    }
  }

  /** Takes out the calls whose deadline has passed, also those that ended long ago. */
  *due(now: number): Generator<number> {
    for (let first = this.#heap[0]; first !== undefined && first.at <= now; first = this.#heap[0]) {
      this.#removeFirst();
      yield first.id;
    }
  }

  /**
   * Forgets the entries of ended calls once they are more than those of open ones: beside one call that stays open
   * for days, short calls with long deadlines would pile up.
   */
  prune(open: ReadonlyMap<number, unknown>): void {
    if (this.#heap.length <= open.size * 2 + spare && open.size > 0) return;
    const left = this.#heap.filter(({ id }) => open.has(id));
    this.#heap = left.toSorted((one, other) => one.at - other.at); // sorted entries are a heap
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
      if (left < heap.length && this.#at(left) < this.#at(least)) least = left;
      if (right < heap.length && this.#at(right) < this.#at(least)) least = right;
      if (least === parent) return;
      this.#swap(parent, least);
      parent = least;
    }
  }

  #at(index: number): number {
    return this.#heap[index]?.at ?? Infinity;
  }

  #swap(left: number, right: number): void {
    const entry = this.#heap[left];
    const other = this.#heap[right];
    if (entry === undefined || other === undefined) return;
    this.#heap[left] = other;
    this.#heap[right] = entry;
  }
}
