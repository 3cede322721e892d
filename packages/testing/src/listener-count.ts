/** How many listeners an event target has, by the type of the event. */

/** What is counted on: an AbortSignal, a socket, a port. */
export interface ListenerTarget {
  addEventListener(type: string, listener: unknown, options?: unknown): void;
  removeEventListener(type: string, listener: unknown, options?: unknown): void;
}

/** Counts from the moment at which it is made. */
export class ListenerCount {
  readonly #listeners = new Map<string, Set<unknown>>();

  /** @param target Two of its methods are replaced on it; they do what they did. */
  constructor(target: ListenerTarget) {
    const add = target.addEventListener.bind(target);
    const remove = target.removeEventListener.bind(target);
    target.addEventListener = (type, listener, options) => {
      this.#of(type).add(listener);
      // Behind the listener: it is gone by the time at which anybody looks.
      if (isOnce(options)) add(type, () => this.#of(type).delete(listener), { once: true });
      add(type, listener, options);
    };
    target.removeEventListener = (type, listener, options) => {
      this.#of(type).delete(listener);
      remove(type, listener, options);
    };
  }

  /** The types that have listeners, and how many. */
  get left(): ReadonlyMap<string, number> {
    const sizes = Array.from(this.#listeners, ([type, { size }]) => [type, size] as const);
    return new Map(sizes.filter(([, size]) => size > 0));
  }

  #of(type: string): Set<unknown> {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners);
    return listeners;
  }
}

function isOnce(options: unknown): boolean {
  return typeof options === "object" && options !== null && Reflect.get(options, "once") === true;
}
