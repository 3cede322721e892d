/** The sessions that clients may come back to: attached to a connection, or waiting for one. */
import type { Peer } from "@concordat/core";
import {
  type Clock,
  connectionGone,
  DetachedLink,
  type Limits,
  type Link,
} from "@concordat/core/internal";

import { randomToken } from "../random.ts";

/** What has to be the same for a session to go on. */
export interface SessionIdentity {
  /** Whose it is. */
  readonly caller: string;
  /** What was agreed on. */
  readonly agreed: string;
}

/** Who has the link of a session. */
export interface LinkHolder {
  /** Gives it up to the connection that resumes: by closing the one that has it, or by ending its wait. */
  surrender(): Link | undefined;
}

/** One session. A server has one for each client, so that it holds no more than it must. */
interface Entry extends SessionIdentity {
  /** What its client was given last. */
  readonly token: string;
  /** The token before, until it is known that the newest has arrived. */
  former: string | undefined;
  holder: LinkHolder;
}

/** One that waits for its client. */
interface Waiting {
  readonly detached: DetachedLink;
  /** Who it was when it left. */
  readonly peer: Peer | undefined;
  /** Whether calls of it were open then. */
  readonly isOwed: boolean;
}

/** What a browser closes the sockets of a page with that is left (RFC 6455, section 7.4.1), Firefox before the page hears of it. */
const goingAway = 1001;

/** For a page that stays after all, as behind a download: it dials again at once. */
const leftMs = 5_000;

/** Whose session it is, and for how long at most. */
export interface Absence {
  readonly peer: Peer | undefined;
  /** When the caller's credentials end: nothing runs for it any longer than that. */
  readonly expiresAt: number;
  /** What its connection was closed with. */
  readonly closeCode: number;
}

/** The sessions of one server. */
export class Sessions {
  readonly #clock: Clock;
  readonly #limits: Limits;
  readonly #entries = new Map<string, Entry>();
  readonly #detached = new Map<string, Waiting>();
  /** Those of them that lose nothing by beginning anew, the one that has waited longest first. */
  readonly #idle = new Set<string>();

  constructor(clock: Clock, limits: Limits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** How many sessions wait for their client. */
  get waiting(): number {
    return this.#detached.size;
  }

  /** Whether clients are expected back whose calls were open when they were lost. */
  get owes(): boolean {
    return [...this.#detached.values()].some(({ isOwed }) => isOwed);
  }

  /** Whether a token stands for a session, whoever presents it. */
  knows(token: string): boolean {
    return this.#entries.has(token);
  }

  /**
   * Begins a session on a connection.
   *
   * @param holder The connection.
   * @param former The token that the session was resumed with. It stays good until the new one is {@link confirm}ed:
   * the welcome that brings it may be lost.
   * @returns the token that resumes it, once.
   */
  begin(
    { caller, agreed }: SessionIdentity,
    holder: LinkHolder,
    former: string | undefined,
  ): string {
    const token = randomToken();
    const entry: Entry = { caller, agreed, token, former, holder };
    this.#entries.set(token, entry);
    if (former !== undefined) this.#entries.set(former, entry);
    return token;
  }

  /** The client has this token: the one before it is used up. */
  confirm(token: string): void {
    const entry = this.#entries.get(token);
    if (entry?.former === undefined || entry.token !== token) return;
    this.#entries.delete(entry.former);
    entry.former = undefined;
  }

  /**
   * The link of a session, for the connection that resumes it. Its tokens are used up, also where nothing comes of it.
   *
   * Whoever is another caller finds nothing, and does nothing to the one whose session it is.
   */
  take(token: string, { caller, agreed }: SessionIdentity): Link | undefined {
    const entry = this.#entries.get(token);
    if (entry?.caller !== caller) return undefined;
    this.#forget(entry);
    const link = entry.holder.surrender();
    if (entry.agreed === agreed) return link;
    link?.abandon(connectionGone);
    return undefined;
  }

  /** The connection of a session is gone: its calls wait for the next one. Where too many wait, those without any give way. */
  detach(token: string, link: Link, { peer, expiresAt, closeCode }: Absence): void {
    const { graceMs } = this.#limits;
    const entry = this.#entries.get(token);
    const isIdle = link.size === 0 && link.replay.isConfirmed;
    if (entry !== undefined && !isIdle) this.#makeRoom();
    if (entry === undefined || this.#isFull) {
      this.end(token);
      return link.abandon(connectionGone);
    }
    const detached = new DetachedLink({
      link,
      clock: this.#clock,
      graceMs: closeCode === goingAway ? Math.min(graceMs, leftMs) : graceMs,
      until: expiresAt,
      expired: () => {
        this.end(token);
        link.abandon(connectionGone);
      },
    });
    this.#detached.set(token, { detached, peer, isOwed: link.size > 0 });
    if (isIdle) this.#idle.add(token);
    entry.holder = {
      surrender: () => {
        this.#leave(token);
        return detached.take();
      },
    };
    return undefined;
  }

  /** The session is over. */
  end(token: string): void {
    const entry = this.#entries.get(token);
    if (entry !== undefined) this.#forget(entry);
    this.#leave(token);
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
    detached?.take()?.abandon(connectionGone);
  }

  /** Ends every session that waits for its client. */
  close(): void {
    for (const token of this.#detached.keys()) this.drop(token);
  }

  get #isFull(): boolean {
    return this.#detached.size >= this.#limits.detachedSessions;
  }

  #makeRoom(): void {
    const [first] = this.#idle;
    if (this.#isFull && first !== undefined) this.drop(first);
  }

  /** One does not wait any more. */
  #leave(token: string): void {
    this.#detached.delete(token);
    this.#idle.delete(token);
  }

  #forget({ token, former }: Entry): void {
    this.#entries.delete(token);
    if (former !== undefined) this.#entries.delete(former);
  }
}
