/** What a handler is given: made for each call, its signal only when somebody looks at it. */
import {
  ConcordatError,
  type Context,
  type ContextKey,
  type Metadata,
  type MetadataInit,
  metadataValue,
  type Peer,
} from "@concordat/core";
import type { Composition } from "./composition.ts";
import {
  type Call,
  cursorKey,
  metadataFrom,
  noMetadata,
  type RequestFrame,
} from "@concordat/core/internal";

/** What a context is made of. */
export interface CallContextParts {
  /** `undefined` for a notification, which nobody answers. */
  readonly call: Call | undefined;
  readonly frame: Pick<RequestFrame, "procedure" | "metadata" | "timeoutMs">;
  readonly release: string;
  /** What becomes of metadata between the caller's release and the handler's. */
  readonly composition: Composition;
  readonly peer: Peer;
  /** The time at which the call came. */
  readonly now: number;
  readonly metadataBytes: number;
  /** Makes the functions that send a contract's notifications to this caller. */
  readonly caller: Pick<Context, "notify">;
}

/** The context of one call. */
export class CallContext implements Context {
  readonly deadline: number | undefined;
  readonly release: string;
  readonly procedure: string;
  readonly peer: Peer;
  readonly #caller: Pick<Context, "notify">;
  /** What goes out with the end of the call. */
  trailing: Metadata = noMetadata;
  readonly #call: Call | undefined;
  readonly #metadataBytes: number;
  readonly #composition: Composition;
  readonly #sent: Metadata;
  readonly cursor: string | undefined;
  #metadata: Metadata | undefined;
  #abort: AbortController | undefined;
  #ended: ConcordatError | undefined;
  #answered = false;
  #values: Map<ContextKey<unknown>, unknown> | undefined;

  constructor(parts: CallContextParts) {
    const { call, frame, release, composition, peer, now, metadataBytes, caller } = parts;
    this.#call = call;
    this.#metadataBytes = metadataBytes;
    this.deadline = frame.timeoutMs === 0 ? undefined : now + frame.timeoutMs;
    this.#composition = composition;
    const cursor = metadataValue(frame.metadata, cursorKey);
    this.cursor = typeof cursor === "string" ? cursor : undefined;
    this.#sent =
      cursor === undefined ? frame.metadata : frame.metadata.filter(([key]) => key !== cursorKey);
    this.release = release;
    this.procedure = frame.procedure;
    this.peer = peer;
    this.#caller = caller;
  }

  /** A function by itself, as handlers like to take it out. */
  get notify(): Context["notify"] {
    return (contract) => this.#caller.notify(contract);
  }

  /** Converted when it is first looked at: a failing adapter is told to the log, and to whoever looked. */
  get metadata(): Metadata {
    return (this.#metadata ??= this.#composition.metadataUp(this.#sent));
  }

  /** Made when it is first looked at: most handlers never do, and a controller costs more than a small call. */
  get signal(): AbortSignal {
    this.#abort ??= new AbortController();
    if (this.#ended !== undefined && !this.#abort.signal.aborted) this.#abort.abort(this.#ended);
    return this.#abort.signal;
  }

  /** Why nobody waits for the answer any more, or `undefined` while somebody does. */
  get ended(): ConcordatError | undefined {
    return this.#ended;
  }

  /** The caller is gone: the signal aborts. */
  end(error: ConcordatError): void {
    this.#ended ??= error;
    this.#abort?.abort(error);
  }

  /** The first item or the response goes out: leading metadata is too late from here on. */
  answering(): void {
    this.#answered = true;
  }

  sendLeading(metadata: MetadataInit): void {
    if (this.#answered) {
      const message = `Leading metadata of ${this.procedure} was sent already, or comes after the first answer.`;
      throw new ConcordatError("failed_precondition", message);
    }
    this.#call?.sendLeading(this.#toCaller(metadata));
    this.#answered = true;
  }

  setTrailing(metadata: MetadataInit): void {
    this.trailing = this.#toCaller(metadata);
  }

  #toCaller(metadata: MetadataInit): Metadata {
    const sent = metadataFrom(metadata, this.#metadataBytes);
    if (this.#composition.keepsMetadata) return sent;
    return metadataFrom(this.#composition.metadataDown(sent), this.#metadataBytes);
  }

  get<T>(key: ContextKey<T>): T {
    // `set` is the only way in, and takes key and value of one type.
    return this.#values?.has(key) === true ? (this.#values.get(key) as T) : key.initial;
  }

  set<T>(key: ContextKey<T>, value: T): void {
    this.#values ??= new Map();
    this.#values.set(key, value);
  }
}
