/** How many connections each address has. */

/** The addresses of the clients of one server. */
export class Addresses {
  readonly #most: number;
  readonly #connections = new Map<string, number>();

  /** @param most How many connections one address may have. */
  constructor(most: number) {
    this.#most = most;
  }

  /** Counts a connection. Returns whether it is one too many. Of one without an address nobody can tell. */
  enter(address: string | undefined): boolean {
    if (address === undefined) return false;
    const connections = (this.#connections.get(address) ?? 0) + 1;
    this.#connections.set(address, connections);
    return connections > this.#most;
  }

  /** A connection that was counted has ended. */
  leave(address: string | undefined): void {
    if (address === undefined) return;
    const connections = (this.#connections.get(address) ?? 0) - 1;
    if (connections > 0) this.#connections.set(address, connections);
    else this.#connections.delete(address);
  }
}
