/** What a link needs to know. */
import type { FrameReader } from "../wire/frame-reader.ts";
import type { SharedLimits } from "../wire/limits.ts";
import type { FrameRate } from "./frame-rate.ts";
import type { LinkEar } from "./link-ear.ts";
import type { LinkParts } from "./link-parts.ts";

/** Options of a link. */
export interface LinkOptions {
  /** What it is made of. */
  readonly parts: LinkParts;
  /** What this side accepts. */
  readonly limits: SharedLimits;
  readonly ear: LinkEar;
  /** Reads what comes. Default: one of its own. Where there are many links under the same limits, one for all of them. */
  readonly reader?: FrameReader | undefined;
  /** How many frames may come. Default: any number. */
  readonly rate?: FrameRate;
}
