/** What clients hear that this server does not take, whatever they speak. */
import { refusal, type Refusal } from "@concordat/core/internal";

/** The refusal of whoever dials while the server is emptied. */
export function draining(): Refusal {
  return refusal("draining", {
    message: "This server is going away; another one will answer.",
    retryAfterMs: 1_000,
  });
}

/** The refusal of everybody while the server has as many connections as it takes. */
export function full(): Refusal {
  return refusal("too-many-requests", {
    message: "This server has as many connections as it takes; try again.",
    retryAfterMs: 5_000,
  });
}

/** The refusal of everybody while too many have not said their hello, or are being looked at. */
export function busy(): Refusal {
  return refusal("too-many-requests", {
    message: "Too many clients are being let in; try again.",
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
