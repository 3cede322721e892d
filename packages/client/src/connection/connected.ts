/** What wants a connection without a call: `connect()`, and whoever listens to the server. */
import type { ConcordatError } from "@concordat/core";
import type { Connector } from "./connector.ts";

/**
 * What `connect()` is: settles with the welcome, or rejects with what a call would fail with.
 *
 * Who asks while somebody waits already waits with them: a program may ask as often as it likes while there is no
 * server, and takes no room from its calls.
 */
export function connecting(connector: Pick<Connector, "wake" | "submit">): () => Promise<void> {
  let isAwaited = false;
  let welcome: Promise<void>;
  const over = (settle: () => void): void => {
    isAwaited = false;
    settle();
  };
  return () => {
    connector.wake();
    if (isAwaited) return welcome;
    isAwaited = true;
    welcome = new Promise((resolve, reject) => {
      want(
        connector,
        () => over(resolve),
        (error) => over(() => reject(error)),
      );
    });
    return welcome;
  };
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
