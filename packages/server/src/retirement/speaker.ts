/** Who speaks a release at this moment. */
import type { Notice } from "@concordat/core";
import type { Refusal } from "@concordat/core/internal";

/** A connection, as far as retirement needs it. */
export interface Speaker {
  readonly callsOpen: number;
  /** The release of a contract that it speaks, or `undefined`. */
  releaseOf(contract: string): string | undefined;
  /** What became of its right to be here: a refusal, `moved` where another connection would get less, or nothing. */
  standing(): Refusal | "moved" | undefined;
  notice(notice: Notice): void;
  goaway(withinMs: number): void;
  dismiss(refusal: Refusal): void;
  close(name: "rebalance", values: Readonly<Record<string, string | number>>): void;
}
