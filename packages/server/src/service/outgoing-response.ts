/** A response on its way out: written in the caller's release where its frame is, when it is sent. */
import type { PayloadSource, Sink } from "@concordat/core/internal";

import type { Dialect, ProcedurePlan } from "./procedure-plan.ts";

/** One response; or, one after the other, the items of one stream. */
export class OutgoingResponse implements PayloadSource {
  readonly #plan: ProcedurePlan;
  readonly #dialect: Dialect;
  /** What the handler returned, or yielded last. */
  value: unknown;
  length = 0;

  constructor(plan: ProcedurePlan, dialect: Dialect, value?: unknown) {
    this.#plan = plan;
    this.#dialect = dialect;
    this.value = value;
  }

  /** @throws ServerFault when the value does not match, or an adapter broke it. */
  put(to: Sink): void {
    const start = to.at;
    this.#plan.writeResponse(this.value, this.#dialect, to);
    this.length = to.at - start;
  }
}
