/** Interceptors: what runs around every call of a client, whatever its kind. */
import type { ContextKey, Metadata, MetadataInit, ProcedureKind } from "@concordat/core";

/** One call, as interceptors see it. */
export interface CallerContext {
  /** Contract and procedure: `orders/place`. */
  readonly procedure: string;
  /** A kind of call, or `clientNotification`. */
  readonly kind: ProcedureKind;
  /** Whether it is made again where nobody knows whether it was executed. */
  readonly idempotent: boolean;
  /** What gives the call up, where its caller gave something. */
  readonly signal: AbortSignal | undefined;
  /** What is sent: the request, the source of a stream's items, or the message. Replace it before `next()`. */
  request: unknown;
  /**
   * The response of a unary or client-stream call, after `next()`; replace it at will. Set it instead of calling
   * `next()` to answer without the server: a response, or anything that can be iterated where the kind streams them.
   */
  response: unknown;
  /** How long the call may take, in milliseconds; `undefined` for as long as it likes. Replace it before `next()`. */
  timeoutMs: number | undefined;
  /** What travels with the request, in order; what is set for the procedure goes ahead of it. */
  readonly metadata: Metadata;
  /** What the handler sent before its first answer; empty before it came. */
  readonly leading: Metadata;
  /** What the handler sent with the end of the call; empty before that. */
  readonly trailing: Metadata;
  /** Adds metadata behind what is there. Before `next()`. */
  addMetadata(metadata: MetadataInit): void;
  /** Puts something between the stream of responses and whoever reads it. Before `next()`; the first interceptor's is outermost. */
  wrapResponses(wrap: (items: AsyncIterable<unknown>) => AsyncIterable<unknown>): void;
  /** What an interceptor before this one has set, or the key's initial value. */
  get<T>(key: ContextKey<T>): T;
  /** Sets a value for this call, for the interceptors after this one. */
  set<T>(key: ContextKey<T>, value: T): void;
}

/**
 * Runs around a call, as middleware does on the server.
 *
 * `next()` does the rest, and settles when the call is over: a stream when its last item was read, with `cancelled`
 * where its reader left it; a notification when it was handed to a connection. It rejects with the error where the
 * call failed; whoever catches that and sets a `response` answers in its place. What is made again is one call.
 */
export type Interceptor = (context: CallerContext, next: () => Promise<void>) => Promise<void>;
