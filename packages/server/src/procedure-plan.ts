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
import type { Route, Step } from "./route.ts";

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
    const value = this.#decode(payload, budget);
    const own = this.#check(this.#parts.caller.request, value, ({ path, reason }) => {
      const at = path === "" ? "" : ` at ${path}`;
      return new ConcordatError(
        "invalid_argument",
        `The request does not match ${this.name} ${this.release}${at}: ${reason}.`,
      );
    });
    return this.#upgrade(own);
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
      return plan.#invoke(newerRequest, context, this);
    });
  }

  /**
   * A handler's named error, or `undefined` where the caller's release does not know one of that name.
   *
   * @throws ServerFault when it knows it in another form.
   */
  callerDetail({ name, value }: ErrorDetail): ErrorDetail | undefined {
    const shape = this.#parts.caller.errors.get(name);
    if (shape === undefined) return undefined;
    const own = this.#check(
      shape,
      value,
      ({ path, reason }) => new ServerFault(this, `the handler's error ${name} ${reason}`, path),
    );
    return { name, value: own };
  }

  /** A call that an adapter of the release before makes; its mistakes are the adapter's, not the caller's. */
  async #invoke(request: unknown, context: Context, by: ProcedurePlan): Promise<unknown> {
    const what = `the adapter's call of ${this.name} ${this.release}`;
    if (this.kind !== "unary") throw new ServerFault(by, `${what}: only unary ones can be called`);
    const own = this.#check(
      this.#parts.caller.request,
      request,
      ({ path, reason }) => new ServerFault(by, `${what}: the request ${reason}`, path),
    );
    return this.#downgrade(await this.run(this.#upgrade(own), context));
  }

  #decode(payload: Uint8Array, budget: ByteBudget): unknown {
    try {
      return bytesToValue(payload, budget);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      throw new ConcordatError("invalid_argument", `The request cannot be read: ${error.message}.`);
    }
  }

  #upgrade(own: unknown): unknown {
    if (this.#isSame) return own;
    const { answering, route } = this.#parts;
    const converted = this.#convert(route.up, own, "request");
    return this.#check(answering.request, converted, (mismatch) =>
      this.#adapterFault(route.up, "request", mismatch),
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
      this.#adapterFault(route.down, "response", mismatch),
    );
  }

  #encode(value: unknown): Uint8Array {
    try {
      return valueToBytes(value);
    } catch (error) {
      throw new ServerFault(this, `the response cannot travel: ${String(error)}`);
    }
  }

  #convert(steps: readonly Step[], value: unknown, what: string): unknown {
    let converted = value;
    for (const { from, to, convert } of steps) {
      try {
        converted = convert(converted);
      } catch (error) {
        if (error instanceof ConcordatError) throw error; // an adapter may refuse in so many words
        const message = `the adapter from ${from} to ${to} failed on the ${what}`;
        throw new ServerFault(this, `${message}: ${ConcordatError.from(error).rawMessage}`);
      }
    }
    return converted;
  }

  #check(shape: Shape, value: unknown, fault: (mismatch: Mismatch) => Error): unknown {
    try {
      return shape.conform(value);
    } catch (error) {
      throw error instanceof Mismatch ? fault(error) : error;
    }
  }

  #adapterFault(steps: readonly Step[], what: string, { path, reason }: Mismatch): ServerFault {
    const pairs = steps.map(({ from, to }) => `${from} to ${to}`).join(", ");
    const maker = pairs === "" ? "what no adapter converts:" : `made by the adapter from ${pairs}:`;
    return new ServerFault(this, `${maker} the ${what} ${reason}`, path);
  }
}
