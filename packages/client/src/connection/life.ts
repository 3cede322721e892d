/** Where a client stands, and who is told that it stands elsewhere now. */
import type { Listeners } from "./listeners.ts";
import type { ConnectionEnd } from "../socket/connection-end.ts";
import type { ClientEvents } from "./client-events.ts";
import { type ClientAct, type ClientState, clientTransitions } from "./client-state.ts";
import { decidingCode, inWords } from "./refused.ts";

/** The state of one client. */
export class Life {
  readonly #listeners: Listeners<ClientEvents>;
  #state: ClientState = "idle";

  constructor(listeners: Listeners<ClientEvents>) {
    this.#listeners = listeners;
  }

  get state(): ClientState {
    return this.#state;
  }

  /** Does what the table allows. Returns false where it allows nothing, or a listener has undone it. */
  act(act: ClientAct): boolean {
    const next = clientTransitions[this.#state][act];
    if (next === undefined) return false;
    this.#state = next;
    this.#listeners.emit("state", next);
    return this.#state === next;
  }

  /**
   * A connection, or an attempt, has ended, and the client goes on.
   *
   * @param retryInMs `undefined` where it goes on with the next call.
   */
  over(end: ConnectionEnd, failures: number, retryInMs?: number): void {
    const listeners = this.#listeners;
    this.act(retryInMs === undefined ? "rest" : "lost");
    // A listener of the state may have closed the client.
    if (this.#state === "closed" || !listeners.has("disconnected")) return;
    listeners.emit("disconnected", {
      closeCode: decidingCode(end),
      reason: inWords(end),
      cause: end.cause,
      failures,
      retryInMs,
    });
  }
}
