/** Items that have arrived and were not asked for yet, or are asked for and have not arrived. */

/** One consumer's queue. What came in goes out in order, and the end after it. */
export class ItemQueue<Item> {
  readonly #items: Item[] = [];
  readonly #asked: {
    readonly resolve: (item: Item | undefined) => void;
    readonly reject: (error: unknown) => void;
  }[] = [];
  #end: { readonly error: unknown } | "well" | undefined;

  /** One more. After the end it is dropped. */
  push(item: Item): void {
    if (this.#end !== undefined) return;
    const asked = this.#asked.shift();
    if (asked === undefined) this.#items.push(item);
    else asked.resolve(item);
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
    this.#items.length = 0;
    this.#close("well");
    this.#end = "well";
  }

  /** The next item, or `undefined` behind the last one. */
  next(): Promise<Item | undefined> {
    const item = this.#items.shift();
    if (item !== undefined) return Promise.resolve(item);
    if (this.#end === undefined) {
      return new Promise((resolve, reject) => this.#asked.push({ resolve, reject }));
    }
    if (this.#end === "well") return Promise.resolve(undefined);
    const { error } = this.#end;
    this.#end = "well";
    return Promise.reject(error);
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
