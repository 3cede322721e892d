/** One call as it was answered: what came, as it came, before any client looked at it. */
import { ConcordatError, type Metadata } from "@concordat/core";
import {
  bytesToValue,
  type Call,
  type CallEar,
  limitsWith,
  messageOf,
  present,
} from "@concordat/core/internal";

/** How a call ended. */
export interface Answer {
  /** The response, or the items of a stream, decoded and not looked at. */
  readonly values: readonly unknown[];
  /** Absent where it went well. */
  readonly error: ConcordatError | undefined;
  readonly trailing: Metadata;
}

const limits = limitsWith();

/** A stream that goes on beyond this is given up: nothing new comes of it. */
const mostItems = 2_000;

/** Takes everything that comes for one call, up to a number of items. */
export class OpenCall implements CallEar {
  readonly answered: Promise<Answer>;
  readonly #values: unknown[] = [];
  readonly #call: Call;
  readonly #read: (payload: Uint8Array) => unknown;
  #settle: (answer: Answer) => void = () => undefined;

  constructor(call: Call, read: (payload: Uint8Array) => unknown) {
    this.#call = call;
    this.#read = read;
    this.answered = new Promise((resolve) => (this.#settle = resolve));
    call.listen(this);
  }

  leading(): void {
    // what is looked at comes with the end
  }

  /** Gives it up, with what came so far. */
  leave(): Answer {
    this.#call.cancel();
    return { values: this.#values, error: undefined, trailing: [] };
  }

  item(payload: Uint8Array): void {
    if (!this.#take(payload)) return;
    this.#call.consumed(payload.length);
    if (this.#values.length < mostItems) return;
    this.#settle(this.leave());
  }

  finished(payload: Uint8Array | undefined, trailing: Metadata): void {
    if (payload === undefined || this.#take(payload))
      this.#settle({ values: this.#values, error: undefined, trailing });
  }

  failed(error: ConcordatError, trailing: Metadata): void {
    this.#settle({ values: this.#values, error: decoded(error), trailing });
  }

  writable(): void {
    // what is sent here is far below the window
  }

  /** Whether a payload could be read; where it could not, that is how the call ended. */
  #take(payload: Uint8Array): boolean {
    try {
      this.#values.push(this.#read(payload));
      return true;
    } catch (thrown) {
      const error = ConcordatError.from(
        thrown,
        "internal",
        `What came cannot be read: ${messageOf(thrown)}`,
      );
      this.#settle({ values: this.#values, error, trailing: [] });
      return false;
    }
  }
}

/** An error whose detail is a value, not its bytes any more. */
function decoded(error: ConcordatError): ConcordatError {
  const { code, rawMessage, detail, retryAfterMs, origin } = error;
  if (!(detail?.value instanceof Uint8Array)) return error;
  const value = bytesToValue(detail.value, limits);
  const rest = { origin, detail: { name: detail.name, value } };
  return new ConcordatError(code, rawMessage, { ...rest, ...present({ retryAfterMs }) });
}
