/** What a client session starts from. */
import type { Link } from "../call/link.ts";
import type { LinkParts } from "../call/link-parts.ts";
import type { Hello } from "../handshake/hello.ts";
import type { SharedLimits } from "../wire/limits.ts";
import type { ClientSessionEar } from "./client-session-ear.ts";
import type { SessionPort } from "./session-port.ts";

/** What a client session needs. */
export interface ClientSessionOptions {
  readonly hello: Hello;
  /** One random word; see `helloToText`. */
  readonly grease: string;
  /** What its links are made of. */
  readonly parts: LinkParts;
  readonly limits: SharedLimits;
  readonly port: SessionPort;
  readonly ear: ClientSessionEar;
  readonly now: number;
  /** The calls of a connection that was lost, to go on with. Nothing is sent early then. Default: none. */
  readonly resume?: { readonly link: Link; readonly token: string } | undefined;
}
