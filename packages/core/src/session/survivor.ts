/** What is left of a connection that ended, for another one to go on with. */
import type { Link } from "../call/link.ts";
import type { Welcome } from "../handshake/welcome.ts";
import { isSurvivable } from "../wire/close-classification.ts";
import type { SessionEnd } from "./client-session-ear.ts";

/** The calls of a client's connection with what resumes them; `undefined` where nothing will. */
export function survivorOf(
  link: Link,
  session: Welcome["session"],
  code: number,
): SessionEnd["survivor"] {
  if (session === undefined || !link.replay.isOn || !isSurvivable(code)) return undefined;
  return { link, token: session.token, graceMs: session.graceMs };
}
