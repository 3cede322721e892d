/** One notification of the server, and who listens to it. */
import { ConcordatError, type NotificationContext, type NotificationSource } from "@concordat/core";
import type { NotificationFrame } from "@concordat/core/internal";
import type { BoundProcedure } from "../call/procedure.ts";
import type { Negotiated } from "../connection/negotiated.ts";
import { Listeners } from "../connection/listeners.ts";

/** What a topic needs of its client. */
export interface TopicOptions {
  readonly procedure: BoundProcedure;
  /** Runs what it is given outside of the caller's turn, so that its errors are nobody's but the host's. */
  readonly later: (run: () => void) => void;
  /** Somebody listens who may be the first: a connection is wanted. */
  readonly listening: () => void;
  /** A message came that does not match: the server's mistake. */
  readonly unreadable: (error: ConcordatError) => void;
}

/** What listeners are given, as one event. */
interface Told {
  readonly message: unknown;
  readonly context: NotificationContext;
}

/** A source of messages that client code listens to. */
export class Topic implements NotificationSource<unknown> {
  readonly #options: TopicOptions;
  readonly #listeners: Listeners<{ readonly told: Told }>;

  constructor(options: TopicOptions) {
    this.#options = options;
    this.#listeners = new Listeners(options.later);
  }

  /** Contract and procedure, as it travels. */
  get path(): string {
    return this.#options.procedure.path;
  }

  get isListening(): boolean {
    return this.#listeners.size > 0;
  }

  on(listener: (message: unknown, context: NotificationContext) => void): () => void {
    const stop = this.#listeners.on("told", ({ message, context }) => listener(message, context));
    this.#options.listening();
    return stop;
  }

  /** A message came. It is read only if somebody listens. */
  tell({ procedure: path, metadata, payload }: NotificationFrame, negotiated: Negotiated): void {
    const { procedure, unreadable } = this.#options;
    const { contract, name } = procedure;
    if (!this.isListening || negotiated.objection(contract, name) !== undefined) return;
    const context = { metadata, procedure: path };
    let message: unknown;
    try {
      const spoken = procedure.spokenIn(negotiated);
      message = spoken.responseFromBytes(payload, negotiated);
    } catch (thrown) {
      return unreadable(ConcordatError.from(thrown, "internal"));
    }
    return this.#listeners.emit("told", { message, context });
  }
}
