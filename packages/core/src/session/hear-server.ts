/** What a server may say of the connection as a whole. */
import { noticeFromText } from "../handshake/notice.ts";
import type { RequestFrame, SessionFrame } from "../wire/frame.ts";
import type { Limits } from "../wire/limits.ts";
import { WireError } from "../wire/wire-error.ts";
import type { ClientSessionEar } from "./client-session-ear.ts";

/**
 * Tells the owner of a client session.
 *
 * @throws WireError for what only a client may say.
 */
export function hearServer(
  frame: SessionFrame | RequestFrame,
  ear: ClientSessionEar,
  { handshakeBytes }: Pick<Limits, "handshakeBytes">,
): void {
  switch (frame.kind) {
    case "goaway":
      return ear.goaway(frame.withinMs);
    case "expiry":
      return ear.expiry(frame.withinMs);
    case "notice": {
      const notice = noticeFromText(frame.text, handshakeBytes);
      return notice === undefined ? undefined : ear.notice(notice);
    }
    default:
      throw new WireError(`a server sends no ${frame.kind}`);
  }
}
