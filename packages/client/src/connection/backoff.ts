/** How long to wait before dialling again: random, growing, capped. */
import type { Random } from "./random.ts";

/** The bounds of the waits. */
export interface Backoff {
  /** The longest first wait, in milliseconds; doubles with each attempt that fails. Default 1,000. */
  readonly firstMs: number;
  /** The longest wait of all, in milliseconds. Default 30,000. */
  readonly capMs: number;
}

/** The first wait is random too: after a crash all clients of a server dial at once. */
export const defaultBackoff: Backoff = { firstMs: 1_000, capMs: 30_000 };

/** While the server is behind: a deploy takes minutes, and its clients must not make it slower. */
const serverBehindBackoff: Backoff = { firstMs: 2_000, capMs: 60_000 };

/** The shortest wait while the server is behind. */
const serverBehindLeastMs = 1_000;

/**
 * Full jitter: anything from 0 to the bound.
 *
 * @param failures How many attempts in a row have failed, this one included; at least 1.
 */
export function backoffMs({ firstMs, capMs }: Backoff, failures: number, random: Random): number {
  // Without a bound on the power, a first wait of 0 would end as no number.
  return random() * Math.min(capMs, firstMs * 2 ** Math.min(failures - 1, 30));
}

/** The wait while the server is behind: 1 to 60 seconds. */
export function serverBehindMs(failures: number, random: Random): number {
  const most = backoffMs(serverBehindBackoff, failures, () => 1);
  return serverBehindLeastMs + random() * (most - serverBehindLeastMs);
}

/** A server that asks for more than this is not obeyed: the number may be a peer's lie, or a broken clock. */
export const longestHintMs = 600_000;

/** The wait that a server asked for, and a little more, so that its clients do not come back together. */
export function hintedMs(afterMs: number, random: Random): number {
  return afterMs + random() * Math.max(1_000, afterMs / 2);
}
