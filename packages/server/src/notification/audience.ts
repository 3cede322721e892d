/** The clients that notifications reach: connected, or expected back. */
import type { Peer } from "@concordat/core";
import type { Link } from "@concordat/core/internal";

import type { Admitted } from "../service/agreed-procedures.ts";
import type { Identity } from "../peer/identity.ts";
import { atOnce } from "../thenable.ts";

/** One client, for as long as its session lasts. */
export interface Member {
  readonly link: Link;
  readonly identity: Pick<Identity, "peer">;
  /** What was agreed on, by contract. */
  readonly contracts: ReadonlyMap<string, Admitted>;
  /** More waits for it than is kept: it is given up, so that its memory of what happened has no hole. */
  overrun(): void;
}

/** All clients of one server that notifications reach. */
export class Audience {
  readonly #members = new Map<Link, Member>();
  /** One for all: each link would keep one of its own as long as it is there. */
  readonly #forget = (link: Link): void => void this.#members.delete(link);

  /** How many there are. */
  get size(): number {
    return this.#members.size;
  }

  /** A client was let in, or came back. It leaves by itself when its link is gone for good. */
  add(member: Member): void {
    member.link.whenGone = this.#forget;
    this.#members.set(member.link, member);
  }

  /** Those whose peer is meant. */
  *of(isMeant: (peer: Peer) => boolean): Generator<Member> {
    // A copy: one that overruns its bound leaves meanwhile.
    for (const member of Array.from(this.#members.values())) {
      // A promise would mean everybody.
      if (atOnce(isMeant(member.identity.peer), "the function for whom it is meant")) yield member;
    }
  }

  /** The one that has this link, if it is still there. */
  *on(link: Link): Generator<Member> {
    const member = this.#members.get(link);
    if (member !== undefined) yield member;
  }
}
