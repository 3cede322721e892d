/** `connect()`: waits for the connection as a call would. */
import type { Connector } from "./connection/connector.ts";

/** Settles with the welcome, or rejects with what a call would fail with. */
export function connected(connector: Connector): Promise<void> {
  return new Promise((resolve, reject) => {
    connector.wake();
    connector.submit({
      deadline: undefined,
      sendOn(connection) {
        if (connection.isOpen) resolve();
        return connection.isOpen;
      },
      unsend: nothing,
      expire: nothing,
      fail: reject,
    });
  });
}

function nothing(): void {
  // It is never sent, and waits without a deadline.
}
