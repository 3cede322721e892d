/** A client that speaks what is not served any more, on its way out. */
import type { Leaver } from "../drain/drain.ts";
import type { Speaker } from "./speaker.ts";

/** Drained like any other connection, but closed with what it has to know: that it will not be let in again. */
export class StaleClient implements Leaver {
  readonly speaker: Speaker;
  /** What it was told about. */
  readonly contract: string;

  constructor(speaker: Speaker, contract: string) {
    this.speaker = speaker;
    this.contract = contract;
  }

  get callsOpen(): number {
    return this.speaker.callsOpen;
  }

  get untold(): number {
    return this.speaker.untold;
  }

  goaway(withinMs: number): void {
    this.speaker.goaway(withinMs);
  }

  close(_name: string, values: Readonly<Record<string, string | number>>): void {
    const loss = this.speaker.loss();
    if (loss?.isOptional === false) this.speaker.dismiss(loss.refusal);
    else this.speaker.close("rebalance", values);
  }
}
