/** What wants a connection without a call: `connect()`, and whoever listens to the server. */
import type { ConcordatError } from "@concordat/core";
import type { ClientEvents } from "./connection/client-events.ts";
import type { Connector } from "./connection/connector.ts";
import type { Listeners } from "./listeners.ts";
import type { Inbox } from "./notification/inbox.ts";

/** Settles with the welcome, or rejects with what a call would fail with. */
export function connected(connector: Connector): Promise<void> {
  return new Promise((resolve, reject) => {
    connector.wake();
    want(connector, resolve, reject);
  });
}

/**
 * Keeps a client connected while somebody listens to the server's notifications.
 *
 * @returns what is called when somebody begins to.
 */
export function stayConnected(
  connector: Connector,
  listeners: Listeners<ClientEvents>,
  inbox: Inbox,
): () => void {
  const look = (): void => {
    // What stopped a client is for its calls and its events to tell.
    if (connector.state === "idle" && inbox.isListening) want(connector, nothing, nothing);
  };
  listeners.on("state", (state) => {
    if (state === "idle") look();
  });
  return look;
}

function want(
  connector: Connector,
  welcomed: () => void,
  fail: (error: ConcordatError) => void,
): void {
  connector.submit({
    deadline: undefined,
    sendOn(connection) {
      if (connection.isOpen) welcomed();
      return connection.isOpen;
    },
    unsend: nothing,
    expire: nothing,
    fail,
  });
}

function nothing(): void {
  // It is never sent, and waits without a deadline.
}
