/** Where a client stands, and who is told that it stands elsewhere now. */
import type { Listeners } from "../listeners.ts";
import type { ClientEvents } from "./client-events.ts";
import { type ClientAct, type ClientState, clientTransitions } from "./client-state.ts";

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
}
