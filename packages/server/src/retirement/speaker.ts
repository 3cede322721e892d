/** Who speaks a release at this moment. */
import type { Notice } from "@concordat/core";
import type { Refusal } from "@concordat/core/internal";

import type { Leaver } from "../drain/drain.ts";

/** What a client has lost of what it agreed on. */
export interface Loss {
  /** What is said of the contract. */
  readonly refusal: Refusal;
  /** Whether the client goes on without it: on another connection, which gets less. */
  readonly isOptional: boolean;
}

/** What a connection speaks, as far as retirement needs it. */
export interface Spoken {
  /** Whether it speaks a contract, in whatever release. */
  speaks(contract: string): boolean;
  /** The release of a contract that it speaks; `undefined` where it does not, or speaks a working tree. */
  releaseOf(contract: string): string | undefined;
}

/** A connection, as far as retirement needs it. */
export interface Speaker extends Omit<Leaver, "close"> {
  /** What it asked for and got. */
  readonly agreed: Spoken | undefined;
  /** What became of its right to be here: a loss, or nothing. */
  loss(): Loss | undefined;
  notice(notice: Notice): void;
  dismiss(refusal: Refusal): void;
  close(name: "rebalance", values: Readonly<Record<string, string | number>>): void;
}
