/** What befalls a run beside its weather. It comes of a chance of its own, so that a run without any is as it always was. */
import { seededRandom } from "@concordat/testing";

/** What befalls one run. */
export interface Upheavals {
  /**
   * Whether clients are of several releases. `rolling`: the first server does not know the newest. `floors`: all servers
   * do, and the floor is moved.
   */
  readonly releases: "none" | "rolling" | "floors";
  /** A server is killed, and another one started. */
  readonly crash: boolean;
  /** A contract that clients can do without is withdrawn, and perhaps brought back. */
  readonly extra: boolean;
  /** Handlers and readers of streams take their time. */
  readonly slow: boolean;
  /** Clients have the credentials of somebody else. */
  readonly callers: boolean;
  /** Credentials are doubted. Nobody notices, in good weather. */
  readonly doubts: boolean;
  /** Programs close their clients, and come back. */
  readonly pages: boolean;
  /** Sockets are closed as those of a page that stays behind a download. Nobody notices, in good weather. */
  readonly downloads: boolean;
  /** Callers give up their calls, and some clients do not wait for a connection. */
  readonly haste: boolean;
  /** Limits at which calls wait for each other, and sessions end, soon. */
  readonly tight: boolean;
  /** Messages are under way for seconds. */
  readonly far: boolean;
  /** Much is told at once, more than may wait. */
  readonly bursts: boolean;
  /** Credentials take a while to get and to check, and now and then nobody can, until the network is well. */
  readonly wary: boolean;
}

/** Nothing. */
export const none: Upheavals = {
  releases: "none",
  crash: false,
  extra: false,
  slow: false,
  callers: false,
  doubts: false,
  pages: false,
  downloads: false,
  haste: false,
  tight: false,
  far: false,
  bursts: false,
  wary: false,
};

/** What befalls the run of a seed: nothing for one in three. */
export function upheavalsOf(seed: number): Upheavals {
  const random = seededRandom(seed * 7 + 3);
  const isThere = (probability = 0.3): boolean => random() < probability;
  if (isThere(1 / 3)) return none;
  const floors = isThere(0.7) ? "floors" : "rolling";
  return {
    releases: isThere(0.5) ? floors : "none",
    crash: isThere(),
    extra: isThere(),
    slow: isThere(),
    callers: isThere(),
    doubts: isThere(),
    pages: isThere(),
    downloads: isThere(),
    haste: isThere(),
    tight: isThere(),
    far: isThere(0.15),
    bursts: isThere(0.15),
    wary: isThere(),
  };
}

/** Whether clients are asked to leave a server that goes on: they may have two connections to it for a while. */
export function hasPairs({ releases, extra }: Upheavals): boolean {
  return releases === "floors" || extra;
}
