/** A client that speaks what is not served any more, on its way out; unless the floor is lowered again meanwhile. */
import type { Leaver } from "../drain/drain.ts";
import type { Speaker } from "./speaker.ts";

/** Drained like any other connection, but closed with what it has to know: that it will not be let in again. */
export class StaleClient implements Leaver {
  readonly speaker: Speaker;
  readonly #pardoned: () => void;

  /** @param pardoned Told when it turns out that this client may stay. */
  constructor(speaker: Speaker, pardoned: () => void) {
    this.speaker = speaker;
    this.#pardoned = pardoned;
  }

  get callsOpen(): number {
    return this.speaker.callsOpen;
  }

  get untold(): number {
    return this.speaker.untold;
  }

  goaway(withinMs: number): void {
    if (this.speaker.loss() === undefined) this.#pardoned();
    else this.speaker.goaway(withinMs);
  }

  close(_name: string, values: Readonly<Record<string, string | number>>): void {
    const loss = this.speaker.loss();
    if (loss === undefined) this.#pardoned();
    else if (loss.isOptional) this.speaker.close("rebalance", values);
    else this.speaker.dismiss(loss.refusal);
  }
}
