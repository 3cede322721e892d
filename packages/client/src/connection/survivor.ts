/** The open calls of a connection that was lost, while they wait for the next one to go on with them. */
import type { ConcordatError } from "@concordat/core";
import { type Clock, DetachedLink, type Link, type SessionEnd } from "@concordat/core/internal";
import type { LoadedParts } from "./loaded-parts.ts";
import type { ConnectionEnd } from "../socket/connection-end.ts";
import { outcomeUnknown } from "./refused.ts";

/** What a connection needs to go on with the calls of another one. */
export interface Resume {
  readonly link: Link;
  readonly token: string;
}

/** What is needed to keep them. */
export interface SurvivorOptions {
  readonly clock: Clock;
  readonly loaded: LoadedParts;
}

/** What is kept of one connection. */
interface Kept {
  readonly end: ConnectionEnd;
  readonly resume: Resume;
  readonly detached: DetachedLink;
}

/** Calls without a connection: those of one, at most. Their deadlines pass meanwhile, and what they still send is kept. */
export class Survivor {
  readonly #options: SurvivorOptions;
  readonly #expired: () => void;
  #kept: Kept | undefined;

  /** @param expired Told when they have failed: the server keeps its side no longer, or more was sent than is kept. */
  constructor(options: SurvivorOptions, expired: () => void) {
    this.#options = options;
    this.#expired = expired;
  }

  /** What the next connection has to know; `undefined` where there is nothing to go on with. */
  get resume(): Resume | undefined {
    return this.#kept?.resume;
  }

  /** Takes over what is left of a connection. Returns false where nothing would be lost with it, or nothing can be kept. */
  keep(end: ConnectionEnd): boolean {
    const { clock, loaded } = this.#options;
    const resume = end.survivor;
    if (this.#kept !== undefined || !isMissed(resume, loaded)) return false;
    const isOver = (): void => {
      this.gone();
      this.#expired();
    };
    const { link, graceMs } = resume;
    this.#kept = {
      end,
      resume,
      detached: new DetachedLink({ link, clock, graceMs, expired: isOver }),
    };
    return true;
  }

  /** A connection goes on with them. */
  goesOn(): void {
    this.#kept?.detached.take();
    this.#kept = undefined;
  }

  /** The server does not go on with them. */
  gone(): void {
    const { end } = this.#kept ?? {};
    if (end !== undefined) this.fail(() => outcomeUnknown(end));
  }

  /** Nothing will go on with them: they fail with what `reason` makes. */
  fail(reason: () => ConcordatError): void {
    const link = this.resume?.link;
    this.goesOn();
    link?.abandon(reason);
  }
}

/** Whether anything would be lost with a link: calls, or notifications in either direction. */
function isMissed(
  left: SessionEnd["survivor"],
  { inbox }: LoadedParts,
): left is NonNullable<SessionEnd["survivor"]> {
  if (left === undefined) return false;
  const { size, notifications } = left.link;
  return size > 0 || notifications?.isUnsettled === true || inbox?.isListening === true;
}
