/** The sessions that clients may come back to: attached to a connection, or waiting for one. */
import type { Peer } from "@concordat/core";
import {
  type Clock,
  connectionGone,
  DetachedLink,
  type Limits,
  type Link,
} from "@concordat/core/internal";

import { randomToken } from "./random.ts";

/** What has to be the same for a session to go on. */
export interface SessionIdentity {
  /** Whose it is. */
  readonly caller: string;
  /** What was agreed on. */
  readonly agreed: string;
}

/** One session. */
interface Entry {
  readonly identity: SessionIdentity;
  /**
   * The tokens that resume it, the newest first: the one that its client was given last, and the one before, until it
   * is known that the newest has arrived.
   */
  tokens: readonly string[];
  /** Gives the link up to the connection that resumes: by closing the one that has it, or by ending its wait. */
  take: () => Link | undefined;
}

/** One that waits for its client. */
interface Waiting {
  readonly detached: DetachedLink;
  /** Who it was when it left. */
  readonly peer: Peer | undefined;
}

/** Whose session it is, and for how long at most. */
export interface Absence {
  readonly peer: Peer | undefined;
  /** When the caller's credentials end: nothing runs for it any longer than that. */
  readonly expiresAt: number;
}

/** The sessions of one server. */
export class Sessions {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #entries = new Map<string, Entry>();
  readonly #detached = new Map<string, Waiting>();

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
   * @param former The token that the session was resumed with. It stays good until the new one is {@link confirm}ed:
   * the welcome that brings it may be lost.
   * @returns the token that resumes it, once.
   */
  begin(
    identity: SessionIdentity,
    surrender: () => Link | undefined,
    former: string | undefined,
  ): string {
    const token = randomToken();
    const tokens = former === undefined ? [token] : [token, former];
    const entry: Entry = { identity, tokens, take: surrender };
    for (const each of tokens) this.#entries.set(each, entry);
    return token;
  }

  /** The client has this token: the one before it is used up. */
  confirm(token: string): void {
    const entry = this.#entries.get(token);
    if (entry === undefined) return;
    for (const each of entry.tokens) if (each !== token) this.#entries.delete(each);
    entry.tokens = [token];
  }

  /**
   * The link of a session, for the connection that resumes it. Its tokens are used up, also where nothing comes of it.
   *
   * Whoever is another caller finds nothing, and does nothing to the one whose session it is.
   */
  take(token: string, { caller, agreed }: SessionIdentity): Link | undefined {
    const entry = this.#entries.get(token);
    if (entry?.identity.caller !== caller) return undefined;
    for (const each of entry.tokens) this.#entries.delete(each);
    const link = entry.take();
    if (entry.identity.agreed === agreed) return link;
    link?.abandon(connectionGone());
    return undefined;
  }

  /** The connection of a session is gone: its calls wait for the next one. */
  detach(token: string, link: Link, { peer, expiresAt }: Absence): void {
    const entry = this.#entries.get(token);
    if (entry === undefined || this.#detached.size >= this.#limits.detachedSessions) {
      this.end(token);
      return link.abandon(connectionGone());
    }
    const detached = new DetachedLink({
      link,
      clock: this.#clock,
      graceMs: this.#limits.graceMs,
      until: expiresAt,
      expired: () => {
        this.end(token);
        link.abandon(connectionGone());
      },
    });
    this.#detached.set(token, { detached, peer });
    entry.take = () => {
      this.#detached.delete(token);
      return detached.take();
    };
    return undefined;
  }

  /** The session is over. */
  end(token: string): void {
    for (const each of this.#entries.get(token)?.tokens ?? []) this.#entries.delete(each);
    this.#detached.delete(token);
  }

  /** Has those that wait for some clients end by then; whoever comes back before shows its credentials anyway. Returns how many. */
  endBy(at: number, matches: (peer: Peer) => boolean): number {
    let count = 0;
    for (const { detached, peer } of this.#detached.values()) {
      if (peer === undefined || !matches(peer)) continue;
      detached.endBy(at);
      count += 1;
    }
    return count;
  }

  /** Gives up a session that waits for its client. */
  drop(token: string): void {
    const { detached } = this.#detached.get(token) ?? {};
    this.end(token);
    detached?.take()?.abandon(connectionGone());
  }

  /** Ends every session that waits for its client. */
  close(): void {
    for (const token of this.#detached.keys()) this.drop(token);
  }
}
