/** What wants a connection without a call: `connect()`, and whoever listens to the server. */
import type { ConcordatError } from "@concordat/core";
import type { Connector } from "./connector.ts";

/** Settles with the welcome, or rejects with what a call would fail with. */
export function connected(connector: Connector): Promise<void> {
  return new Promise((resolve, reject) => {
    connector.wake();
    want(connector, resolve, reject);
  });
}

/** Waits for a connection as a call does. */
export function want(
  connector: Pick<Connector, "submit">,
  welcomed: () => void,
  fail: (error: ConcordatError) => void,
): void {
  connector.submit({
    deadline: undefined,
    sendOn(connection) {
      if (connection.isOpen) welcomed();
      return connection.isOpen;
    },
    unsend: nothing, // it is never sent, and waits without a deadline
    expire: nothing,
    fail,
  });
}

/** For what has nothing to do. */
export function nothing(): void {
  // See where it is given.
}
