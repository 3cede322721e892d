/** The limits that a peer announced in its half of the handshake. */
import { announce, sharedLimitDefaults, type PeerLimits } from "../wire/limits.ts";
import { amount, type JsonMessage } from "./json-message.ts";

/** Room for each frame that keeps a connection alive or ends a call: a peer that accepts less gets them anyway. */
const leastMessageBytes = 1_024;

/** Where credit ends, and where a timer does: nobody means more. */
const greatest = 0x7fffffff;

/** What a peer announced, between bounds that this side can work with; the defaults for what it left out or garbled. */
export function peerLimitsFrom(message: JsonMessage): PeerLimits {
  return announce((name) => {
    const value = amount(message, name);
    if (value === undefined || !Number.isInteger(value) || value < 1)
      return sharedLimitDefaults[name];
    return Math.min(greatest, Math.max(value, name === "messageBytes" ? leastMessageBytes : 1));
  });
}
