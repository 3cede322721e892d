/** The life of one connection on either side, as a table. */

/**
 * Where a session stands.
 *
 * `greeting`: no hello has been read (server), or no answer to it (client). `deciding`: the server looks at the
 * hello. `open`: frames flow. `discarding`: the server drops early data until the client says `begin`. `closed`.
 */
export type SessionState = "greeting" | "deciding" | "open" | "discarding" | "closed";

/** What happens to a session. */
export type SessionAct = "hello" | "welcome" | "welcomeDiscarding" | "begin" | "reject" | "close";

/** From each state, each legal act and the state after it. */
export type SessionTransitions<State extends SessionState = SessionState> = Readonly<
  Record<State, { readonly [Act in SessionAct]?: State }>
>;

/** Where a session may stand on the client: it decides nothing, and drops nothing. */
export type ClientSessionState = Exclude<SessionState, "deciding" | "discarding">;

/** The life of a session on the server. The diagram in the docs is drawn from this. */
export const serverTransitions: SessionTransitions = {
  greeting: { hello: "deciding", reject: "closed", close: "closed" },
  deciding: {
    welcome: "open",
    welcomeDiscarding: "discarding",
    reject: "closed",
    close: "closed",
  },
  discarding: { begin: "open", close: "closed" },
  open: { close: "closed" },
  closed: {},
};

/**
 * The life of a session on the client. A `reject` ends nothing: the close behind it does. The diagram in the docs is
 * drawn from this.
 */
export const clientTransitions: SessionTransitions<ClientSessionState> = {
  greeting: { welcome: "open", close: "closed" },
  open: { close: "closed" },
  closed: {},
};

/** Whether nobody has been let in yet, or turned away. */
export function isUndecided(state: SessionState): boolean {
  return state === "greeting" || state === "deciding";
}
