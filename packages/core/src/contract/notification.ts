/** Notifications: how those who send one and those who listen to one see it. Types only. */
import type { Metadata, MetadataInit } from "../wire/metadata.ts";
import type { CallOptions } from "./context.ts";

/** Options of a client's notification. */
export type SendOptions = Pick<CallOptions, "timeoutMs" | "signal" | "within" | "metadata">;

/** What a listener is given beside the message. */
export interface NotificationContext {
  /** What the server sent along. */
  readonly metadata: Metadata;
  /** Contract and procedure: `orders/changed`. */
  readonly procedure: string;
}

/** A notification of the server, as clients listen to it. */
export interface NotificationSource<Message> {
  /**
   * Calls `listener` with each message that comes, and keeps the client connected while it is there.
   *
   * What came before anybody listened is gone. What a listener throws is reported as uncaught and stops nothing.
   *
   * @returns a function that stops it; twice is harmless.
   */
  on(listener: (message: Message, context: NotificationContext) => void): () => void;
}

/**
 * Sends a notification of the server.
 *
 * @returns how many clients it was sent to, or is kept for until they have caught up or come back.
 * @throws ConcordatError `invalid_argument` where the message does not match the contract's newest release,
 * `internal` where an adapter fails on it.
 */
export type SendNotification<Message> = (
  message: Message,
  options?: { readonly metadata?: MetadataInit },
) => number;

declare const notifiers: unique symbol;

/** A contract whose notifications can be sent. `Notifiers` is the type of the functions that do. */
export interface NotifyingContract<Notifiers> {
  readonly name: string;
  /** Never there: it carries the type. */
  readonly [notifiers]?: Notifiers;
}
