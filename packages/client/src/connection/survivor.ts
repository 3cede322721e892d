/** The open calls of a connection that was lost, while they wait for the next one to go on with them. */
import type { ConcordatError } from "@concordat/core";
import { type Clock, DetachedLink, type Link, type SessionEnd } from "@concordat/core/internal";
import type { Inbox } from "../notification/inbox.ts";

/** Calls without a connection. Their deadlines pass meanwhile, and what they still send is kept. */
export class Survivor {
  /** What a connection needs to go on with them. */
  readonly resume: { readonly link: Link; readonly token: string };
  readonly #detached: DetachedLink;

  /** @param expired Told when the server keeps its side no longer, or more was sent than is kept. */
  constructor(
    clock: Clock,
    { link, token, graceMs }: NonNullable<SessionEnd["survivor"]>,
    expired: () => void,
  ) {
    this.resume = { link, token };
    this.#detached = new DetachedLink({ link, clock, graceMs, expired });
  }

  /** A connection goes on with them. */
  goesOn(): void {
    this.#detached.take();
  }

  /** Nothing will go on with them. */
  fail(error: ConcordatError): void {
    this.#detached.take();
    this.resume.link.abandon(error);
  }
}

/** Whether anything would be lost with a link: calls, or notifications in either direction. */
export function isMissed(
  survivor: SessionEnd["survivor"],
  inbox: Inbox,
): survivor is NonNullable<SessionEnd["survivor"]> {
  if (survivor === undefined) return false;
  const { size, notifications } = survivor.link;
  return size > 0 || notifications.isUnsettled || inbox.isListening;
}
