/** The context of one call that interceptors run around. */
import {
  type CallOptions,
  ConcordatError,
  type ContextKey,
  type Metadata,
  type MetadataInit,
  type ProcedureKind,
} from "@concordat/core";
import { metadataFrom, noMetadata } from "@concordat/core/internal";
import type { BoundProcedure } from "../call/procedure.ts";
import type { CallerContext } from "./interceptor.ts";

type Wrap = (items: AsyncIterable<unknown>) => AsyncIterable<unknown>;

/** Made for each call of a client that has interceptors. */
export class OutgoingContext implements CallerContext {
  readonly procedure: string;
  readonly kind: ProcedureKind;
  readonly idempotent: boolean;
  request: unknown;
  response: unknown;
  timeoutMs: number | undefined;
  metadata: Metadata;
  leading: Metadata = noMetadata;
  trailing: Metadata = noMetadata;
  readonly #options: CallOptions;
  readonly #metadataBytes: number;
  readonly #wraps: Wrap[] = [];
  readonly #values = new Map<ContextKey<unknown>, unknown>();
  #wasMade = false;

  /** @throws ConcordatError where the metadata of the options cannot travel. */
  constructor(
    procedure: BoundProcedure,
    request: unknown,
    options: CallOptions,
    metadataBytes: number,
  ) {
    this.procedure = procedure.path;
    this.kind = procedure.kind;
    this.idempotent = procedure.isIdempotent;
    this.request = request;
    this.timeoutMs = options.timeoutMs ?? procedure.defaults.timeoutMs;
    this.metadata = metadataFrom(options.metadata, metadataBytes);
    this.#options = options;
    this.#metadataBytes = metadataBytes;
  }

  get signal(): AbortSignal | undefined {
    return this.#options.signal;
  }

  addMetadata(metadata: MetadataInit): void {
    this.metadata = [...this.metadata, ...metadataFrom(metadata, this.#metadataBytes)];
  }

  wrapResponses(wrap: Wrap): void {
    this.#wraps.push(wrap);
  }

  get<T>(key: ContextKey<T>): T {
    // `set` is the only way in, and takes key and value of one type.
    return this.#values.has(key) ? (this.#values.get(key) as T) : key.initial;
  }

  set<T>(key: ContextKey<T>, value: T): void {
    this.#values.set(key, value);
  }

  /**
   * The options to make the call with.
   *
   * @throws ConcordatError `failed_precondition` the second time: an interceptor that calls `next()` twice would make
   * a second call.
   */
  take(): CallOptions {
    if (this.#wasMade) {
      const message = `An interceptor called next() twice for ${this.procedure}; it makes the call once.`;
      throw new ConcordatError("failed_precondition", message);
    }
    this.#wasMade = true;
    const { timeoutMs = Infinity, metadata } = this;
    const { onLeading, onTrailing, ...options } = this.#options;
    return {
      ...options,
      timeoutMs,
      metadata,
      onLeading: (leading) => {
        this.leading = leading;
        onLeading?.(leading);
      },
      onTrailing: (trailing) => {
        this.trailing = trailing;
        onTrailing?.(trailing);
      },
    };
  }

  /** The responses as their reader gets them. */
  wrapped(responses: AsyncIterator<unknown>): AsyncIterator<unknown> {
    if (this.#wraps.length === 0) return responses;
    const items: AsyncIterable<unknown> = { [Symbol.asyncIterator]: () => responses };
    return this.#wraps.reduceRight((inner, wrap) => wrap(inner), items)[Symbol.asyncIterator]();
  }

  /** What is thrown where no interceptor made the call, and none answered it. */
  unanswered(): ConcordatError {
    const message = `An interceptor neither called next() for ${this.procedure} nor set a response.`;
    return new ConcordatError("failed_precondition", message);
  }
}
