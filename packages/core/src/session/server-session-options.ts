/** What a server session starts from. */
import type { FrameReader } from "../wire/frame-reader.ts";
import type { Limits } from "../wire/limits.ts";
import type { ServerSessionEar } from "./server-session-ear.ts";
import type { SessionPort } from "./session-port.ts";

/** What a server session needs. */
export interface ServerSessionOptions {
  readonly limits: Limits;
  readonly port: SessionPort;
  readonly ear: ServerSessionEar;
  readonly now: number;
  /** See the options of a link. */
  readonly reader?: FrameReader | undefined;
}
