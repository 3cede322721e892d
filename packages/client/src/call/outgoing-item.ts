/** The items of one stream of requests on their way out: each is written where its frame is, when it is sent. */
import type { PayloadSource, Sink } from "@concordat/core/internal";
import type { BoundProcedure } from "./procedure.ts";

/** One item after the other. */
export class OutgoingItem implements PayloadSource {
  /** The procedure in the form that the call speaks. */
  spoken: BoundProcedure;
  value: unknown;
  length = 0;

  constructor(spoken: BoundProcedure) {
    this.spoken = spoken;
  }

  /** @throws ConcordatError `invalid_argument` where it does not match. */
  put(to: Sink): void {
    const start = to.at;
    this.spoken.writeRequest(this.value, to);
    this.length = to.at - start;
  }
}
