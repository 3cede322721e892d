/** How the calls of one procedure from clients of some releases are answered: bytes to values, handler, and back. */
import {
  type CallKind,
  ConcordatError,
  type Context,
  type ErrorDetail,
  type Items,
  procedureKinds,
} from "@concordat/core";
import {
  type ByteBudget,
  detailOfMessage,
  type Encoding,
  isCallKind,
  isCursored,
  Mismatch,
  Output,
  type Payload,
  type Sink,
  WireError,
} from "@concordat/core/internal";

import type { FaultOf } from "../conversion/checked.ts";
import type { Composition } from "../conversion/composition.ts";
import { convertedContext } from "../conversion/converted-context.ts";
import { convertedStream } from "../conversion/converted-stream.ts";
import { Exchange, type ExchangeParts } from "../conversion/exchange.ts";
import type { AnyAnswer } from "../adapter/fate.ts";
import type { AnyHandler } from "./handler-tree.ts";
import { disowned } from "../thenable.ts";
import type { ItemConverter } from "../adapter/message-conversion.ts";
import { OutgoingResponse } from "./outgoing-response.ts";
import type { ProcedureShapes } from "../conversion/release-shapes.ts";
import type { Reach } from "./reach.ts";
import type { Stop } from "../conversion/route.ts";
import { ServerFault } from "../conversion/server-fault.ts";

/** What a plan is made of. */
export interface PlanParts extends ExchangeParts {
  /** Contract and procedure as the caller names it. */
  readonly name: string;
  /** What answers: the handler, or an adapter where the procedure ended. */
  readonly handler: AnyHandler | undefined;
  readonly answer: AnyAnswer | undefined;
  /** Where it is answered, or where a notification of the server comes from. */
  readonly end: Stop;
  /** The release after the answering one, for adapters that call it. */
  readonly newer: string;
  readonly newerPlan: (procedure: string) => ProcedurePlan | undefined;
  readonly reach: () => Reach;
}

/** The plan of a procedure that is called and answered. */
export interface CallPlan extends ProcedurePlan {
  readonly kind: CallKind;
}

/** Whether a procedure is called, not only told. */
export function isCallPlan(plan: ProcedurePlan): plan is CallPlan {
  return isCallKind(plan.kind);
}

/** What a caller speaks. */
export interface Dialect {
  /** Its release of the contract. */
  readonly release: string;
  /** How its payloads are encoded. */
  readonly encoding: Encoding;
}

/** The plan of one procedure for all releases in which it is the same. Composed at its first call, then shared. */
export class ProcedurePlan {
  readonly name: string;
  readonly kind: ProcedureShapes["document"]["kind"];
  readonly composition: Composition;
  readonly end: Stop;
  readonly #parts: PlanParts;
  readonly #exchange: Exchange;
  #reach: Reach | undefined;

  constructor(parts: PlanParts) {
    this.name = parts.name;
    this.kind = parts.caller.document.kind;
    this.composition = parts.composition;
    this.end = parts.end;
    this.#parts = parts;
    this.#exchange = new Exchange(parts);
  }

  get reach(): Reach {
    return (this.#reach ??= this.#parts.reach());
  }

  /**
   * A request as the handler takes it.
   *
   * @throws ConcordatError `invalid_argument` in the words of the caller's own release.
   * @throws ServerFault when an adapter made something of it that the newest release refuses.
   */
  readRequest(payload: Uint8Array, budget: ByteBudget, dialect: Dialect): unknown {
    return this.#exchange.upgrade(this.#read(payload, budget, dialect));
  }

  /** The items of one stream of requests, as the handler takes them. Each throws as `readRequest` does. */
  readRequests(budget: ByteBudget, dialect: Dialect): ItemConverter<Uint8Array, unknown> {
    if (this.#exchange.isSame) return { item: (payload) => [this.#read(payload, budget, dialect)] };
    const converter = this.#exchange.upgrading();
    return {
      item: (payload) => converter.item(this.#read(payload, budget, dialect)),
      end: () => converter.end?.() ?? [],
    };
  }

  /**
   * Writes what a handler returned as the caller's release has it, behind what `to` has.
   *
   * @throws ServerFault when it does not match, or an adapter broke it.
   */
  writeResponse(value: unknown, { encoding }: Dialect, to: Sink): void {
    const exchange = this.#exchange;
    if (exchange.isSame) this.#write(value, encoding, to, exchange.badResponse);
    else exchange.written(value, (own, fault) => this.#write(own, encoding, to, fault));
  }

  /** What a handler returned as the caller's release has it, as bytes of its own. Throws as {@link writeResponse}. */
  responseBytes(value: unknown, dialect: Dialect): Uint8Array {
    return written((to) => this.writeResponse(value, dialect, to));
  }

  /** What a handler yields in one stream, as the caller's release has it: each to be sent before the next is made. */
  writeResponses(dialect: Dialect): ItemConverter<unknown, Payload> {
    if (this.#exchange.isSame) {
      const response = new OutgoingResponse(this, dialect);
      const one = [response];
      return {
        item(value) {
          response.value = value;
          return one;
        },
      };
    }
    return this.#exchange.writing((value, fault) =>
      written((to) => this.#write(value, dialect.encoding, to, fault)),
    );
  }

  /** Runs the handler, or the adapter's answer. */
  run(request: unknown, context: Context): unknown {
    const { handler, answer } = this.#parts;
    if (answer === undefined) return handler?.(request, context);
    return answer.answer(request, context, (procedure, newerRequest) => {
      const { newer, newerPlan } = this.#parts;
      if (answer.calls?.includes(procedure) === false)
        throw new ServerFault(`the adapter calls ${procedure}, which its "calls" does not name`);
      const plan = newerPlan(procedure);
      if (plan === undefined) {
        throw new ServerFault(
          `the adapter calls ${procedure}, which the next release does not have`,
        );
      }
      const what = `the adapter's call of ${plan.name} ${newer}`;
      // What it takes and gives is what its kind says; the adapter's types say the same.
      // An adapter that makes two calls at once may have left when the second one fails.
      return disowned(plan.#called(newerRequest, context, what) as Promise<unknown>);
    });
  }

  /**
   * A handler's named error as it travels, its value a payload, or `undefined` where the caller's release does not know one of that name.
   *
   * @throws ServerFault when it knows it in another form.
   */
  callerDetail(detail: ErrorDetail, { encoding }: Dialect): ErrorDetail | undefined {
    const told = this.#exchange.error(detail);
    if (told === undefined) return undefined;
    const message = this.#parts.caller.errors.get(told.name);
    if (message === undefined) return undefined;
    const bytes = written((to) => message.write(told.value, encoding, to));
    return { name: told.name, value: encoding === "msgpack" ? bytes : detailOfMessage(bytes) };
  }

  /** A call that an adapter of the release before makes; its mistakes are the adapter's, not the caller's. */
  #called(request: unknown, answering: Context, what: string): unknown {
    const context = convertedContext(answering, this.composition);
    const { requestStream, responseStream } = procedureKinds[this.kind];
    const exchange = this.#exchange;
    const fault: FaultOf = ({ path, reason }) =>
      new ServerFault(`${what}: the request ${reason}`, path);
    const own = (value: unknown): unknown => exchange.checkRequest(value, fault);
    const run = (): unknown => {
      if (!requestStream) return this.run(exchange.upgrade(own(request)), context);
      const converter = exchange.upgrading();
      const items = request as Items<unknown>; // the adapter's types say so
      return this.run(
        convertedStream(items, { ...converter, item: (item) => converter.item(own(item)) }),
        context,
      );
    };
    if (responseStream) {
      const converter = exchange.downgrading();
      // A cursor of the handler's means nothing in the stream that the adapter makes of its items.
      const item = (given: unknown): Iterable<unknown> =>
        converter.item(isCursored(given) ? given.item : given);
      // As the handler's types say.
      return convertedStream(run() as Items<unknown>, { ...converter, item }, exchange.thrown);
    }
    return (async () => {
      try {
        const answer = await run();
        return isCallKind(this.kind) ? exchange.downgrade(answer) : undefined;
      } catch (error) {
        throw exchange.thrown(error);
      }
    })();
  }

  #read(payload: Uint8Array, budget: ByteBudget, { release, encoding }: Dialect): unknown {
    try {
      return this.#parts.caller.request.read(payload, encoding, budget);
    } catch (error) {
      if (error instanceof WireError)
        throw new ConcordatError(
          "invalid_argument",
          `The request cannot be read: ${error.message}.`,
        );
      if (!(error instanceof Mismatch)) throw error;
      const at = error.path === "" ? "" : ` at ${error.path}`;
      throw new ConcordatError(
        "invalid_argument",
        `The request does not match ${this.name} ${release}${at}: ${error.reason}.`,
      );
    }
  }

  #write(value: unknown, encoding: Encoding, to: Sink, fault: FaultOf): void {
    try {
      this.#parts.caller.response.write(value, encoding, to);
    } catch (error) {
      if (error instanceof Mismatch) throw fault(error);
      throw new ServerFault(`the response cannot travel: ${String(error)}`);
    }
  }
}

/** What is written, as bytes of its own. */
function written(write: (to: Sink) => void): Uint8Array {
  const output = new Output();
  write(output);
  return output.part();
}
