/** Items that have arrived and were not asked for yet, or are asked for and have not arrived. */

/** Taken items stay in front until there are so many: moving the others up for each would cost their square. */
const compactAfter = 1_024;

/** One consumer's queue. What came in goes out in order, and the end after it. */
export class ItemQueue<Item> {
  #items: Item[] = [];
  /** How many of them were taken. */
  #taken = 0;
  readonly #asked: {
    readonly resolve: (item: Item | undefined) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  #end: { readonly error: unknown } | "well" | undefined;

  /** One more. After the end it is dropped. */
  push(item: Item): void {
    if (this.#end !== undefined) return;
    if (this.#asked.length === 0) this.#items.push(item);
    else this.#asked.shift()?.resolve(item);
  }

  /** No more will come. */
  finish(): void {
    this.#close("well");
  }

  /** No more will come, because of an error: thrown once, after the last item. */
  fail(error: unknown): void {
    this.#close({ error });
  }

  /** Forgets what nobody asked for, and an error that nobody met; no more will come. */
  drop(): void {
    this.#items = [];
    this.#close("well");
    this.#end = "well";
  }

  /** The next item, where one has arrived that nobody has asked for. */
  take(): Item | undefined {
    return this.#taken < this.#items.length ? this.#take() : undefined;
  }

  /** The next item, or `undefined` behind the last one. */
  next(): Promise<Item | undefined> {
    const item = this.take();
    if (item !== undefined) return Promise.resolve(item);
    if (this.#end === undefined) {
      return new Promise((resolve, reject) => this.#asked.push({ resolve, reject }));
    }
    if (this.#end === "well") return Promise.resolve(undefined);
    const { error } = this.#end;
    this.#end = "well";
    return Promise.reject(error);
  }

  #take(): Item | undefined {
    const item = this.#items[this.#taken];
    this.#taken += 1;
    if (this.#taken === this.#items.length || this.#taken >= compactAfter) {
      this.#items = this.#items.slice(this.#taken);
      this.#taken = 0;
    }
    return item;
  }

  #close(end: { readonly error: unknown } | "well"): void {
    if (this.#end !== undefined) return;
    this.#end = end;
    for (const { resolve, reject } of this.#asked.splice(0)) {
      if (this.#end === "well") resolve(undefined);
      else {
        reject(this.#end.error);
        this.#end = "well";
      }
    }
  }
}
