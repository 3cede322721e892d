/** The life of a client, as a table: which act is legal when, and where it leads. */

/**
 * Where a client stands.
 *
 * `idle`: nothing has asked for a connection. `connecting`: a socket is being opened. `greeting`: the hello is sent.
 * `ready`: calls run. `waiting`: until the next attempt. `refused`: the server, or this program, has said that no
 * attempt can succeed; `connect()` leaves this state, and `credentialsChanged()` where it is about those. `closed`: by
 * `close()`, until `connect()`.
 */
export type ClientState =
  | "idle"
  | "connecting"
  | "greeting"
  | "ready"
  | "waiting"
  | "refused"
  | "closed";

/**
 * What happens to a client. `lost`: the connection ended and another attempt is due, at once or later.
 * `rest`: it ended, and the next call makes another.
 */
export type ClientAct = "dial" | "open" | "welcome" | "lost" | "rest" | "refuse" | "close";

/** From each state, each legal act and the state after it. The diagram in the docs is drawn from this. */
export const clientTransitions: Readonly<
  Record<ClientState, { readonly [Act in ClientAct]?: ClientState }>
> = {
  idle: { dial: "connecting", close: "closed" },
  connecting: {
    open: "greeting",
    lost: "waiting",
    rest: "idle",
    refuse: "refused",
    close: "closed",
  },
  greeting: {
    welcome: "ready",
    lost: "waiting",
    rest: "idle",
    refuse: "refused",
    close: "closed",
  },
  ready: { lost: "waiting", rest: "idle", refuse: "refused", close: "closed" },
  waiting: { dial: "connecting", close: "closed" },
  refused: { dial: "connecting", close: "closed" },
  closed: { dial: "connecting" },
};
