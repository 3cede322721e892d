/** The link of a server: it answers calls of every kind, and counts what comes. */
import type { Limits } from "../wire/limits.ts";
import { FrameRate } from "./frame-rate.ts";
import { Link } from "./link.ts";
import type { LinkOptions } from "./link-options.ts";
import { everyPart } from "./link-parts.ts";

/** One for all. */
const parts = everyPart();

/** Makes one. */
export function servedLink(
  limits: Limits,
  { reader, ear }: Pick<LinkOptions, "reader" | "ear">,
): Link {
  return new Link({ parts, limits, reader, ear, rate: new FrameRate(limits.framesPerSecond) });
}
