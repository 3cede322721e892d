/** News of what the server offers, for those who listen at that moment. */

/** Something changed. */
export type Change =
  | { readonly what: "resource"; readonly uri: string }
  | { readonly what: "resource-list" };

/** Where changes are announced and heard. */
export class Changes {
  readonly #listeners = new Set<(change: Change) => void>();

  announce(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** Hears every change from now on. The returned function ends that. */
  listen(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
