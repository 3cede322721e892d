/** What a client says first, with the session that it comes back to. */
import { helloToText } from "../handshake/hello.ts";
import type { ClientSessionOptions } from "./client-session-options.ts";

/** The hello of a connection, as text. */
export function greetingOf({ hello, grease, resume }: ClientSessionOptions): string {
  const resumed = resume && { token: resume.token, received: resume.link.replay.received };
  return helloToText({ ...hello, resume: resumed ?? hello.resume }, grease);
}
