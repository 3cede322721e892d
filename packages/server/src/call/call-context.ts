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
import {
  type Call,
  cursorKey,
  metadataFrom,
  noMetadata,
  type RequestFrame,
  wallTime,
} from "@concordat/core/internal";
import type { AgreedProcedure } from "../service/agreed-procedures.ts";
import type { CallDesk } from "./call-desk.ts";
import type { Composition } from "../conversion/composition.ts";

/** What of its desk a context shows. */
type ContextDesk = Pick<CallDesk, "clock" | "peer" | "notify" | "metadataBytes">;

/** The context of one call. */
export class CallContext implements Context {
  readonly peer: Peer;
  /** What goes out with the end of the call. */
  trailing: Metadata = noMetadata;
  readonly #call: Call | undefined;
  readonly #frame: Pick<RequestFrame, "procedure" | "metadata">;
  readonly #called: AgreedProcedure;
  readonly #desk: ContextDesk;
  readonly #deadline: number | undefined;
  #metadata: Metadata | undefined;
  #abort: AbortController | undefined;
  #ended: ConcordatError | undefined;
  #answered = false;
  #values: Map<ContextKey<unknown>, unknown> | undefined;

  /**
   * @param call `undefined` for a notification, which nobody answers.
   * @param deadline When the caller gives up, by the desk's clock; `undefined` where it does not.
   */
  constructor(
    call: Call | undefined,
    frame: Pick<RequestFrame, "procedure" | "metadata">,
    called: AgreedProcedure,
    desk: ContextDesk,
    deadline: number | undefined,
  ) {
    this.#call = call;
    this.#frame = frame;
    this.#called = called;
    this.#desk = desk;
    this.#deadline = deadline;
    this.peer = desk.peer;
  }

  /** Handlers compare it with the wall clock, which may have been set back since this server started. */
  get deadline(): number | undefined {
    if (this.#deadline === undefined) return undefined;
    const { clock } = this.#desk;
    return this.#deadline - clock.now() + wallTime(clock);
  }

  get release(): string {
    return this.#called.dialect.release;
  }

  get procedure(): string {
    return this.#frame.procedure;
  }

  get handlers(): readonly string[] {
    return this.#called.plan.reach.handlers;
  }

  get scopes(): readonly string[] {
    return this.#called.plan.reach.scopes;
  }

  /** A function by itself, as handlers like to take it out. */
  get notify(): Context["notify"] {
    return (contract) => this.#desk.notify(contract);
  }

  get cursor(): string | undefined {
    const cursor = metadataValue(this.#frame.metadata, cursorKey);
    return typeof cursor === "string" ? cursor : undefined;
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

  /** What becomes of metadata between the caller's release and the handler's. */
  get #composition(): Composition {
    return this.#called.plan.composition;
  }

  /** What the caller's application gave: its cursor is the framework's. */
  get #sent(): Metadata {
    const { metadata } = this.#frame;
    return this.cursor === undefined ? metadata : metadata.filter(([key]) => key !== cursorKey);
  }

  #toCaller(metadata: MetadataInit): Metadata {
    const { metadataBytes } = this.#desk;
    const sent = metadataFrom(metadata, metadataBytes);
    if (this.#composition.keepsMetadata) return sent;
    return metadataFrom(this.#composition.metadataDown(sent), metadataBytes);
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
