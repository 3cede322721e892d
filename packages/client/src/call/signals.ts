/** The signals that calls were given: a client listens to each once, however many calls have it. */

/** Who waits for one signal, and what listens to it for all of them. */
interface Audience {
  readonly members: Set<() => void>;
  readonly heard: () => void;
}

/** Node warns of a leak from the eleventh listener on, and walks through all of them to add another one. */
export class Signals {
  readonly #audiences = new Map<AbortSignal, Audience>();

  /** Has `aborted` called when the signal aborts, until it {@link leave}s. */
  listen(signal: AbortSignal, aborted: () => void): void {
    let audience = this.#audiences.get(signal);
    if (audience === undefined) {
      const members = new Set<() => void>();
      audience = { members, heard: () => members.forEach((told) => told()) };
      signal.addEventListener("abort", audience.heard);
      this.#audiences.set(signal, audience);
    }
    audience.members.add(aborted);
  }

  /** Nobody listens any more where this was the last one. */
  leave(signal: AbortSignal, aborted: () => void): void {
    const audience = this.#audiences.get(signal);
    if (audience?.members.delete(aborted) !== true || audience.members.size > 0) return;
    this.#audiences.delete(signal);
    try {
      signal.removeEventListener("abort", audience.heard);
    } catch {
      // A library's own signal may not be able to: the call has to end all the same.
    }
  }
}
