/** What a client says first, with the session that it comes back to. */
import { helloToText, mostOffers } from "../handshake/hello.ts";
import { sharedLimitDefaults } from "../wire/limits.ts";
import { utf8Length } from "../wire/utf8.ts";
import type { ClientSessionOptions } from "./client-session-options.ts";

/**
 * The hello of a connection, as text.
 *
 * A line of releases grows for years, and what a server reads does not. The oldest are left out first: no server that
 * is so far behind is expected, and one that is sends the client away for now.
 */
export function greetingOf({ hello, grease, resume }: ClientSessionOptions): string {
  const resumed = resume && { token: resume.token, received: resume.link.replay.received };
  const greeting = { ...hello, resume: resumed ?? hello.resume };
  let most = mostOffers;
  let text: string;
  do {
    text = helloToText(greeting, grease, most);
    most >>= 1; // with one of each there is nothing to leave out, and the server says what is wrong
  } while (most > 0 && utf8Length(text) > sharedLimitDefaults.handshakeBytes);
  return text;
}
