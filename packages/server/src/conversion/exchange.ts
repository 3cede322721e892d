/**
 * The messages of one procedure between the caller's release and the one that answers: checked at both ends,
 * converted between them.
 *
 * Knows values only; how they become bytes is the plan's.
 */
import { ConcordatError, type ErrorDetail } from "@concordat/core";
import { isForCaller, type Mismatch, present } from "@concordat/core/internal";

import { checked, checkedError, type FaultOf } from "./checked.ts";
import type { Composition } from "./composition.ts";
import type { ItemConverter } from "../adapter/message-conversion.ts";
import type { ProcedureShapes } from "./release-shapes.ts";
import { ServerFault } from "./server-fault.ts";

/** What both ends are made of. */
export interface ExchangeParts {
  /** The procedure in the caller's release. */
  readonly caller: ProcedureShapes;
  /** The procedure in the release that answers. */
  readonly answering: ProcedureShapes;
  readonly composition: Composition;
  /** Who answers, as the log names it. */
  readonly answerer: string;
}

/** Looks at a value on its way to the caller. */
type Look<T> = (value: unknown, fault: FaultOf) => T;

/** Both ends of one procedure. */
export class Exchange {
  /** Whether one check serves both ends: an old client costs no more than a new one. */
  readonly isSame: boolean;
  readonly #parts: ExchangeParts;

  constructor(parts: ExchangeParts) {
    this.isSame = parts.composition.isIdentity;
    this.#parts = parts;
  }

  /** A request, or an item of one, by the caller's own release. */
  checkRequest(value: unknown, fault: FaultOf): unknown {
    return checked(this.#parts.caller.request, value, fault);
  }

  /**
   * A checked request as the handler takes it.
   *
   * @throws ServerFault when an adapter made something of it that the answering release refuses.
   */
  upgrade(own: unknown): unknown {
    return this.isSame ? own : this.#newest(this.#parts.composition.up.convert(own), own);
  }

  /** The same for the items of one stream. */
  upgrading(): ItemConverter<unknown, unknown> {
    const converter = this.#parts.composition.up.open();
    return through(converter, (value, of) => this.#newest(value, of));
  }

  /**
   * What a handler returned, in the caller's release.
   *
   * @throws ServerFault when it does not match, or an adapter broke it.
   */
  downgrade(value: unknown): unknown {
    if (this.isSame) return this.#returned(value);
    return this.written(value, (own, fault) => checked(this.#parts.caller.response, own, fault));
  }

  /** The same for the items of one stream. */
  downgrading(): ItemConverter<unknown, unknown> {
    if (this.isSame) return { item: (value) => [this.#returned(value)] };
    return this.writing((own, fault) => checked(this.#parts.caller.response, own, fault));
  }

  /** As {@link downgrade} of what another release answers, where `look` checks what the caller's takes, and makes of it what it likes. */
  written<T>(value: unknown, look: Look<T>): T {
    const { composition } = this.#parts;
    const own = this.#returned(value);
    const fault = (mismatch: Mismatch): ServerFault => composition.fault("response", own, mismatch);
    return look(composition.down.convert(own), fault);
  }

  /** The same for the items of one stream. */
  writing<T>(look: Look<T>): ItemConverter<unknown, T> {
    const { composition } = this.#parts;
    const converter = through(composition.down.open(), (value, of) =>
      look(value, (mismatch) => composition.fault("response", of, mismatch)),
    );
    return {
      item: (value) => converter.item(this.#returned(value)),
      end: () => converter.end(),
    };
  }

  /**
   * A handler's named error, or `undefined` where the caller's release does not know one of that name.
   *
   * @throws ServerFault when it knows it in another form.
   */
  error(detail: ErrorDetail): ErrorDetail | undefined {
    const thrown = checkedError(this.#parts.answering, detail, `${this.#parts.answerer}'s`);
    const told = thrown === undefined ? undefined : this.#parts.composition.error(thrown);
    if (told === undefined || this.isSame) return told;
    return checkedError(this.#parts.caller, told, "the converted");
  }

  /** What was thrown where the newer release was called, as the caller's release has it: an error that it knows by its name there. */
  readonly thrown = (error: unknown): unknown => {
    if (!(error instanceof ConcordatError) || !isForCaller(error)) return error;
    const { code, rawMessage, retryAfterMs } = error;
    const detail = error.detail === undefined ? undefined : this.error(error.detail);
    // One that the caller's release does not know keeps its name, for whoever asks further below.
    if (detail === undefined) return error;
    return new ConcordatError(code, rawMessage, present({ detail, retryAfterMs, cause: error }));
  };

  #newest(converted: unknown, of: unknown): unknown {
    return checked(this.#parts.answering.request, converted, (mismatch) =>
      this.#parts.composition.fault("request", of, mismatch),
    );
  }

  /** What the log hears of a response that does not match. */
  readonly badResponse: FaultOf = ({ path, reason }) =>
    new ServerFault(`${this.#parts.answerer}'s response ${reason}`, path);

  #returned(value: unknown): unknown {
    return checked(this.#parts.answering.response, value, this.badResponse);
  }
}

/** A converter whose results are looked at once more, beside the item that they were made of. */
function through<T>(
  converter: ItemConverter<unknown, unknown>,
  look: (value: unknown, of: unknown) => T,
): Required<ItemConverter<unknown, T>> {
  return {
    *item(of) {
      for (const value of converter.item(of)) yield look(value, of);
    },
    *end() {
      for (const value of converter.end?.() ?? []) yield look(value, undefined);
    },
  };
}
