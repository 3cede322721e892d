/** One procedure of one contract: values to bytes and back, each checked on the way. */
import { type CallKind, ConcordatError } from "@concordat/core";
import {
  type ByteBudget,
  type ClientOffer,
  type ClientProcedure,
  isCallKind,
  messageOf,
  messageOfDetail,
  Mismatch,
  type ProcedureForm,
  putMessage,
  type Reader,
  type Sink,
  type Writer,
} from "@concordat/core/internal";

import { formIn, type Negotiated } from "../connection/negotiated.ts";
import type { ResolvedDefaults } from "./call-defaults.ts";

/** What all procedures of a client write and read with. */
export interface CodecDesk {
  readonly to: Writer;
  readonly from: Reader;
}

/** A procedure that can be called, in one of its forms. */
export class BoundProcedure {
  readonly contract: string;
  /** Contract and procedure, as it travels: `mcp/tools/list`. */
  readonly path: string;
  /** What holds for its calls unless they say otherwise. */
  readonly defaults: ResolvedDefaults;
  readonly #procedure: ClientProcedure;
  readonly #budget: ByteBudget;
  readonly #desk: CodecDesk;
  /** The same in the forms of older releases: each is made once. */
  readonly #older = new Map<ProcedureForm, BoundProcedure>();
  readonly #offers: readonly ClientOffer[];

  constructor(
    contract: string,
    procedure: ClientProcedure,
    budget: ByteBudget,
    desk: CodecDesk,
    defaults: ResolvedDefaults,
    offers: readonly ClientOffer[] = [],
  ) {
    this.contract = contract;
    this.path = `${contract}/${procedure.name}`;
    this.defaults = defaults;
    this.#procedure = procedure;
    this.#budget = budget;
    this.#desk = desk;
    this.#offers = offers;
  }

  /** Its name within the contract: `tools/list`. */
  get name(): string {
    return this.#procedure.name;
  }

  get kind(): ClientProcedure["kind"] {
    return this.#procedure.kind;
  }

  /** Whether it may be repeated when nobody knows whether it was executed. */
  get isIdempotent(): boolean {
    return this.#procedure.idempotent === true;
  }

  /** The same in the form that a connection speaks: mostly this one. */
  spokenIn(negotiated: Negotiated): BoundProcedure {
    const form = negotiated.form(this.contract, this.name);
    return form === undefined ? this : this.#in(form);
  }

  /** The same in every form that an older server may have it in. */
  older(): readonly BoundProcedure[] {
    const forms = new Set(this.#offers.map((offer) => formIn(offer, this.name))); // releases share them
    return [...forms].filter((form) => form !== undefined).map((form) => this.#in(form));
  }

  /**
   * Writes a request, or one item of it, behind what `to` has.
   *
   * @throws ConcordatError `invalid_argument` where it does not match; a part of it may be written then.
   */
  writeRequest(request: unknown, to: Sink): void {
    try {
      putMessage(this.#procedure.request, this.#desk.to, request, to);
    } catch (cause) {
      const message = `The request does not match ${this.path}${placeOf(cause)}.`;
      throw new ConcordatError("invalid_argument", message, { cause });
    }
  }

  /**
   * A response, or one item of it, from bytes.
   *
   * @param negotiated What the connection speaks, for the sentence.
   * @throws ConcordatError `internal`, of the server's making, where it does not match.
   */
  responseFromBytes(bytes: Uint8Array, negotiated: Negotiated | undefined): unknown {
    try {
      return this.#procedure.response.read(this.#desk.from, bytes, this.#budget);
    } catch (cause) {
      const release = negotiated?.releases.get(this.contract);
      const agreed = release === undefined ? "" : ` in ${this.contract} ${release}`;
      const message = `The server's response does not match ${this.path}${agreed}${placeOf(cause)}.`;
      throw new ConcordatError("internal", message, { origin: "remote", cause });
    }
  }

  /** The server's error, its detail checked: one that the contract does not know or that does not match is dropped. */
  errorFrom(error: ConcordatError): ConcordatError {
    const { code, rawMessage, origin, detail, retryAfterMs, notExecuted } = error;
    if (detail === undefined) return error;
    const value = this.#detailValue(detail.name, detail.value);
    return new ConcordatError(code, rawMessage, {
      origin,
      detail: value && { name: detail.name, value: value.checked },
      retryAfterMs,
      notExecuted,
    });
  }

  #in(form: ProcedureForm): BoundProcedure {
    const known = this.#older.get(form);
    if (known !== undefined) return known;
    const procedure = { name: this.name, kind: this.kind, ...form };
    const made = new BoundProcedure(
      this.contract,
      procedure,
      this.#budget,
      this.#desk,
      this.defaults,
    );
    this.#older.set(form, made);
    return made;
  }

  #detailValue(name: string, value: unknown): { readonly checked: unknown } | undefined {
    const { errors = {} } = this.#procedure;
    const reader = Object.hasOwn(errors, name) ? errors[name] : undefined;
    const message = value instanceof Uint8Array ? messageOfDetail(value) : undefined;
    if (reader === undefined || message === undefined) return undefined;
    try {
      return { checked: reader.read(this.#desk.from, message, this.#budget) };
    } catch {
      return undefined;
    }
  }
}

/** A procedure of a kind that is answered. */
export interface CallableProcedure extends BoundProcedure {
  readonly kind: CallKind;
}

/** Whether a procedure is called, not only told. */
export function isCallable(procedure: BoundProcedure): procedure is CallableProcedure {
  return isCallKind(procedure.kind);
}

function placeOf(cause: unknown): string {
  if (cause instanceof Mismatch) {
    return `: ${cause.path === "" ? "it" : `at ${cause.path} it`} ${cause.reason}`;
  }
  if (cause instanceof Error) return `: ${messageOf(cause)}`;
  return "";
}
