/** The sessions that clients may come back to: attached to a connection, or waiting for one. */
import {
  type Clock,
  connectionGone,
  DetachedLink,
  type Limits,
  type Link,
} from "@concordat/core/internal";

import { randomToken } from "./random.ts";

/** What has to be the same for a session to go on: what was agreed on, and for whom. */
export type SessionIdentity = string;

/** One session. */
interface Entry {
  readonly identity: SessionIdentity;
  /** Gives the link up to the connection that resumes: by closing the one that has it, or by ending its wait. */
  readonly take: () => Link | undefined;
}

/** The sessions of one server. */
export class Sessions {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #entries = new Map<string, Entry>();
  readonly #detached = new Map<string, DetachedLink>();

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** How many sessions wait for their client. */
  get waiting(): number {
    return this.#detached.size;
  }

  /**
   * Begins a session on a connection.
   *
   * @param surrender Closes the connection, and gives its link up.
   * @returns the token that resumes it, once.
   */
  begin(identity: SessionIdentity, surrender: () => Link | undefined): string {
    const token = randomToken();
    this.#entries.set(token, { identity, take: surrender });
    return token;
  }

  /** The link of a session, for the connection that resumes it. The token is used up, also where nothing comes of it. */
  take(token: string, identity: SessionIdentity): Link | undefined {
    const entry = this.#entries.get(token);
    this.#entries.delete(token);
    if (entry === undefined) return undefined;
    const link = entry.take();
    this.#detached.delete(token);
    if (link === undefined || entry.identity === identity) return link;
    link.abandon(connectionGone());
    return undefined;
  }

  /** The connection of a session is gone: its calls wait for the next one. */
  detach(token: string, link: Link): void {
    const entry = this.#entries.get(token);
    if (entry === undefined || this.#detached.size >= this.#limits.detachedSessions) {
      this.end(token);
      return link.abandon(connectionGone());
    }
    const detached = new DetachedLink({
      link,
      clock: this.#clock,
      graceMs: this.#limits.graceMs,
      expired: () => {
        this.end(token);
        link.abandon(connectionGone());
      },
    });
    this.#detached.set(token, detached);
    this.#entries.set(token, { identity: entry.identity, take: () => detached.take() });
    return undefined;
  }

  /** The session is over. */
  end(token: string): void {
    this.#entries.delete(token);
    this.#detached.delete(token);
  }

  /** Ends every session that waits for its client. */
  close(): void {
    for (const [token, detached] of this.#detached) {
      this.end(token);
      detached.take()?.abandon(connectionGone());
    }
  }
}
