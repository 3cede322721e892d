/** A connection that nobody was let in on yet: what is only needed until then. */
import type { Hello } from "../handshake/hello.ts";
import type { Limits } from "../wire/limits.ts";
import { EarlyData } from "./early-data.ts";
import { Patience } from "./patience.ts";

/** The opening of one connection on the server. Dropped when frames flow. */
export class Opening {
  hello: Hello | undefined;
  /** Whether the calls of a connection that was lost go on. */
  isResumed = false;
  readonly early: EarlyData;
  /** With the hello, and with the check of its credentials. */
  readonly patience: Patience;

  constructor(limits: Limits, now: number) {
    this.early = new EarlyData(limits.earlyBytes);
    this.patience = new Patience(limits.handshakeMs, now);
  }
}
