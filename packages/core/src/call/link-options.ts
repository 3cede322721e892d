/** What a link needs to know. */
import type { Limits } from "../wire/limits.ts";
import type { CallRole } from "./call.ts";
import type { LinkEar } from "./link-ear.ts";

/** Options of a link. */
export interface LinkOptions {
  readonly role: CallRole;
  /** What this side accepts. */
  readonly limits: Limits;
  readonly ear: LinkEar;
}
