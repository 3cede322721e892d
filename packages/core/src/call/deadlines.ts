/** The deadlines of all open calls: a heap, so that one timer serves them all. */

/** One waiting deadline. */
interface Entry {
  readonly at: number;
  readonly id: number;
}

/** Deadlines by time. An entry whose call has ended is skipped when its time comes; see {@link Deadlines.due}. */
export class Deadlines {
  readonly #heap: Entry[] = [];

  /** When the next deadline passes, or `undefined` for never. */
  get next(): number | undefined {
    return this.#heap[0]?.at;
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

  /** Forgets everything when no call is open: the usual way in which entries of ended calls go. */
  clear(): void {
    this.#heap.length = 0;
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
