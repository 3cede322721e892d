/** The limits that a peer announced in its half of the handshake. */
import { announce, limitRules, type PeerLimits } from "../wire/limits.ts";
import { amount, type JsonMessage } from "./json-message.ts";

/** What a peer announced; the protocol's defaults for what it left out or garbled. */
export function peerLimitsFrom(message: JsonMessage): PeerLimits {
  return announce((name) => {
    const value = amount(message, name);
    return value === undefined || !Number.isSafeInteger(value) || value < 1
      ? limitRules[name].default
      : value;
  });
}
