/** What callers may say about a call, and what a handler is given beside the request. */
import type { ContextKey } from "./context-key.ts";
import type { Metadata, MetadataInit } from "../wire/metadata.ts";
import type { NotifyingContract } from "./notification.ts";

/** Options of one call. */
export interface CallOptions {
  /**
   * How long the call may take, in milliseconds. Default: the client's `timeoutMs`, or no deadline.
   *
   * Travels to the server as remaining time. When it has passed, the call ends with `deadline_exceeded`, even
   * when the server is silent.
   */
  readonly timeoutMs?: number;
  /** Gives the call up when it aborts; the handler's `context.signal` follows. Default: none. */
  readonly signal?: AbortSignal;
  /**
   * The call within which this one is made: a handler gives its context. Default: none.
   *
   * The deadline of that call is this one's too, unless `timeoutMs` ends it sooner; when that call is given up, so is
   * this one.
   */
  readonly within?: Pick<Context, "deadline" | "signal">;
  /** Pairs that travel with the request. Default: none. */
  readonly metadata?: MetadataInit;
  /** Called with what the handler sent before its first item or response, at most once. */
  readonly onLeading?: (metadata: Metadata) => void;
  /** Called with what the handler sent after its last item or with its response or error, at most once. */
  readonly onTrailing?: (metadata: Metadata) => void;
}

/** Who is on the other side of a connection, as far as it said so. Nothing in here is proved but `principal`. */
export interface Peer {
  /** The client program's name, for diagnostics; `undefined` where it did not say. */
  readonly name: string | undefined;
  /** The client program's own version, for the same. */
  readonly version: string | undefined;
  /** The address of the other end of the socket, where there is one: behind a balancer the balancer's, unless the server's `trustedProxies` is set. */
  readonly address: string | undefined;
  /** What the server's `authenticate` returned. */
  readonly principal: unknown;
}

/** What a handler is given beside its request. */
export interface Context {
  /** Aborts when the caller gives up, the deadline passes, or the connection is lost. */
  readonly signal: AbortSignal;
  /** When the call has to be over, in milliseconds of this machine's clock (`Date.now()`); `undefined` for never. */
  readonly deadline: number | undefined;
  /**
   * Where a server stream goes on: the cursor of the last item that its caller has, from `withCursor`. `undefined`
   * where it begins.
   */
  readonly cursor: string | undefined;
  /** What the caller sent along. */
  readonly metadata: Metadata;
  /** The release that this caller speaks. For logs: a handler that branches on it belongs into an adapter. */
  readonly release: string;
  /** Contract and procedure, by the name that the caller's release has: `orders/place`. */
  readonly procedure: string;
  /**
   * The procedures of the newest release whose handlers this call may run, each with its contract. One, whatever an
   * older release calls it, but where an adapter answers instead: what that says it calls, or every procedure of the
   * contract where it does not say. For guards: they have to hold for old clients as for new ones.
   */
  readonly handlers: readonly string[];
  /** What the newest release says in `auth` that a caller of these {@link handlers} needs. `requireScopes` asks for it. */
  readonly scopes: readonly string[];
  /** Who is calling. */
  readonly peer: Peer;
  /**
   * Sends metadata at once, before the first item or the response. On a notification, which nobody answers, nothing is sent.
   *
   * @throws ConcordatError `failed_precondition` when it was sent already or the call has begun to answer.
   */
  sendLeading(metadata: MetadataInit): void;
  /** Replaces the metadata that goes out with the end of the call, however that comes. Nothing does on a notification. */
  setTrailing(metadata: MetadataInit): void;
  /**
   * The functions that send a contract's notifications to this caller alone: `context.notify(orders).changed(…)`.
   *
   * They return 0 where the caller did not agree on that contract, or its release does not have the notification.
   */
  notify<Notifiers>(contract: NotifyingContract<Notifiers>): Notifiers;
  /** What middleware has set for this call, or the key's initial value. */
  get<T>(key: ContextKey<T>): T;
  /** Sets a value for this call: from middleware, for the middleware after it and the handler. */
  set<T>(key: ContextKey<T>, value: T): void;
}
