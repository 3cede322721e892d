/** What clients hear that this server does not take, whatever they speak. */
import { refusal, type Refusal } from "@concordat/core/internal";

/** The refusal of whoever dials while the server is emptied. */
export function draining(): Refusal {
  return refusal("draining", {
    message: "This server is going away; another one will answer.",
    retryAfterMs: 1_000,
  });
}

/** The refusal of an address that has too many connections already. */
export function crowded(): Refusal {
  return refusal("too-many-requests", {
    message: "Too many connections come from this address; close some.",
    retryAfterMs: 5_000,
  });
}
