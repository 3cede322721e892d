/** How the calls of one procedure from clients of one release are answered: checks, conversions, handler. */
import { ConcordatError, type Context, type ErrorDetail } from "@concordat/core";
import {
  bytesToValue,
  type ByteBudget,
  Mismatch,
  type Shape,
  valueToBytes,
  WireError,
} from "@concordat/core/internal";

import type { AnyHandler } from "./handler-tree.ts";
import { ServerFault } from "./server-fault.ts";
import type { ProcedureShapes } from "./release-shapes.ts";
import type { Convert, Route } from "./route.ts";

/** What a plan is made of. */
export interface PlanParts {
  /** Contract and procedure as the caller names it. */
  readonly name: string;
  /** The caller's release. */
  readonly release: string;
  /** The procedure in the caller's release. */
  readonly caller: ProcedureShapes;
  /** The procedure in the release that answers. */
  readonly answering: ProcedureShapes;
  readonly route: Route;
  readonly handler: AnyHandler | undefined;
  /** The plan of a procedure in the release after the answering one, for adapters that call it. */
  readonly newer: (procedure: string) => ProcedurePlan | undefined;
}

/** The plan of one procedure for one release. Composed at its first call, then shared by all. */
export class ProcedurePlan {
  readonly name: string;
  readonly release: string;
  readonly kind: ProcedureShapes["document"]["kind"];
  readonly #parts: PlanParts;
  /** Where nothing was converted, one check serves both releases: an old client costs no more than a new one. */
  readonly #isSame: boolean;

  constructor(parts: PlanParts) {
    const { caller, answering, route } = parts;
    this.name = parts.name;
    this.release = parts.release;
    this.kind = caller.document.kind;
    this.#parts = parts;
    this.#isSame =
      route.up.length === 0 &&
      route.down.length === 0 &&
      caller.document.fingerprint === answering.document.fingerprint;
  }

  /**
   * A request, or an item of one, as the handler takes it.
   *
   * @throws ConcordatError `invalid_argument` in the words of the caller's own release.
   * @throws ServerFault when an adapter made something of it that the newest release refuses.
   */
  readRequest(payload: Uint8Array, budget: ByteBudget): unknown {
    return this.#upgrade(this.#decode(payload, budget));
  }

  /**
   * What a handler returned or yielded, as the caller's release has it.
   *
   * @throws ServerFault when it does not match, or an adapter broke it.
   */
  writeResponse(value: unknown): Uint8Array {
    return this.#encode(this.#downgrade(value));
  }

  /** Runs the handler, or the adapter's answer. */
  run(request: unknown, context: Context): unknown {
    const { handler, route, newer } = this.#parts;
    if (route.answer === undefined) return handler?.(request, context);
    return route.answer(request, context, async (procedure, newerRequest) => {
      const plan = newer(procedure);
      if (plan === undefined) {
        throw new ServerFault(
          this,
          `the adapter calls ${procedure}, which the next release does not have`,
        );
      }
      return plan.#invoke(newerRequest, context);
    });
  }

  /** A handler's named error, or `undefined` where the caller's release does not know it in this form. */
  callerDetail(detail: ErrorDetail): ErrorDetail | undefined {
    const shape = this.#parts.caller.errors.get(detail.name);
    if (shape === undefined) return undefined;
    try {
      return { name: detail.name, value: shape.conform(detail.value) };
    } catch {
      return undefined;
    }
  }

  async #invoke(request: unknown, context: Context): Promise<unknown> {
    return this.#downgrade(await this.run(this.#upgrade(request), context));
  }

  #decode(payload: Uint8Array, budget: ByteBudget): unknown {
    try {
      return bytesToValue(payload, budget);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      throw new ConcordatError("invalid_argument", `The request cannot be read: ${error.message}.`);
    }
  }

  #upgrade(value: unknown): unknown {
    const { caller, answering, route } = this.#parts;
    const own = this.#check(caller.request, value, (mismatch) => {
      const at = mismatch.path === "" ? "" : ` at ${mismatch.path}`;
      return new ConcordatError(
        "invalid_argument",
        `The request does not match ${this.name} ${this.release}${at}: ${mismatch.reason}.`,
      );
    });
    if (this.#isSame) return own;
    const converted = this.#convert(route.up, own, "request");
    return this.#check(answering.request, converted, (mismatch) =>
      this.#adapterFault("request", mismatch),
    );
  }

  #downgrade(value: unknown): unknown {
    const { caller, answering, route } = this.#parts;
    const own = this.#check(
      answering.response,
      value,
      ({ path, reason }) => new ServerFault(this, `the handler's response ${reason}`, path),
    );
    if (this.#isSame) return own;
    const converted = this.#convert(route.down, own, "response");
    return this.#check(caller.response, converted, (mismatch) =>
      this.#adapterFault("response", mismatch),
    );
  }

  #encode(value: unknown): Uint8Array {
    try {
      return valueToBytes(value);
    } catch (error) {
      throw new ServerFault(this, `the response cannot travel: ${String(error)}`);
    }
  }

  #convert(steps: readonly Convert[], value: unknown, what: string): unknown {
    try {
      return steps.reduce((each, step) => step(each), value);
    } catch (error) {
      if (error instanceof ConcordatError) throw error; // an adapter may refuse in so many words
      throw new ServerFault(this, `an adapter failed on the ${what}: ${String(error)}`);
    }
  }

  #check(shape: Shape, value: unknown, fault: (mismatch: Mismatch) => Error): unknown {
    try {
      return shape.conform(value);
    } catch (error) {
      throw error instanceof Mismatch ? fault(error) : error;
    }
  }

  #adapterFault(what: string, { path, reason }: Mismatch): ServerFault {
    return new ServerFault(this, `an adapter's ${what} ${reason}`, path);
  }
}
