/** What a link needs to know. */
import type { FrameReader } from "../wire/frame-reader.ts";
import type { Limits } from "../wire/limits.ts";
import type { CallRole } from "./call.ts";
import type { LinkEar } from "./link-ear.ts";

/** Options of a link. */
export interface LinkOptions {
  readonly role: CallRole;
  /** What this side accepts. */
  readonly limits: Limits;
  readonly ear: LinkEar;
  /** Reads what comes. Default: one of its own. Where there are many links under the same limits, one for all of them. */
  readonly reader?: FrameReader | undefined;
}
