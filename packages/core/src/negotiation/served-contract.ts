/** What a server can say about one contract when a client offers releases of it. */
import type { Deprecation } from "../error/deprecation.ts";

/** One release of a served contract. */
export interface ServedRelease {
  /** `major.minor.patch`, or `undefined` for a working tree that was never released. */
  readonly release: string | undefined;
  readonly fingerprint: string;
  /** Said of it to those who are refused: with the day that has ended it, where one has. */
  readonly notice?: Deprecation;
  /** Said of it to those who speak it, and to the operator: with the day that will end it, or has; it may be that of a newer release. */
  readonly outlook?: Deprecation;
}

/** A contract as a server stands to it. */
export interface ServedContract {
  readonly name: string;
  /**
   * Every release that the server knows, oldest first, also those below the floor. Empty only where the contract
   * was withdrawn and its code is gone.
   */
  readonly releases: readonly ServedRelease[];
  /** The oldest release that is served; `undefined` for a working tree. */
  readonly floor: string | undefined;
  /** Whether the whole contract was withdrawn. Default false. */
  readonly retired?: boolean;
  /**
   * Whether every one of these procedures of a release below the floor is still answered. Asked for clients that say
   * what they use, so that they are not refused for a break outside of it. Default: none is.
   */
  readonly reaches?: (release: ServedRelease, procedures: readonly string[]) => boolean;
  /** Said to those who are not served any more. */
  readonly farewell?: Deprecation;
  /** Where users of a refused client find a newer one. */
  readonly upgradeUrl?: string;
}
