/** Who listens to which event. */

/** The listeners of one object; `Events` maps each event to what its listeners are given. */
export class Listeners<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<(event: never) => void>>();
  readonly #later: (run: () => void) => void;

  /** @param later Runs what it is given outside of the caller's turn, so that its errors are nobody's but the host's. */
  constructor(later: (run: () => void) => void) {
    this.#later = later;
  }

  /** How many there are. */
  get size(): number {
    return [...this.#listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Adds a listener. The returned function removes it; twice is harmless. */
  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void {
    // Wrapped, so that one function registered twice is called twice, and each removal removes one.
    const entry = (event: Events[Name]): void => listener(event);
    const entries = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, entries.add(entry));
    return () => entries.delete(entry);
  }

  /** Whether anybody listens, or has listened, to an event: one that has to be made need not be, otherwise. */
  has(name: keyof Events): boolean {
    return this.#listeners.has(name);
  }

  /** Tells all listeners, in the order in which they came. */
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    // A copy: who is added meanwhile hears the next event.
    for (const entry of Array.from(this.#listeners.get(name) ?? [])) {
      // `on` puts under a name only what takes that name's event.
      this.guard(() => (entry as (event: Events[Name]) => void)(event));
    }
  }

  /** Runs the application's code. What it throws is reported as uncaught, as an EventTarget does, and stops nothing here. */
  guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#later(() => {
        throw error;
      });
    }
  }
}
