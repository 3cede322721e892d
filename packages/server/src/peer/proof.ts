/** What credentials have proved: who is calling, and until when. */
import {
  canonicalJson,
  type Clock,
  refusal,
  type Refusal,
  wallTime,
} from "@concordat/core/internal";

import { type Authenticate, type ConnectionRequest, refusalOf } from "./authenticate.ts";
import { Authenticated } from "./authenticated.ts";
import type { Log } from "../log/log.ts";

/** What is known of a caller. */
export interface Proof {
  readonly principal: unknown;
  /** By the server's clock; `Infinity` for as long as the connection lasts. */
  readonly expiresAt: number;
  /** The same text for the same caller; `undefined` where nobody can tell. */
  readonly caller: string | undefined;
}

/** What proving takes. */
export interface ProofPolicy {
  readonly authenticate: Authenticate | undefined;
  readonly log: Log;
}

/** Everybody, where nobody is asked. */
const anybody: Proof = proofOf(undefined);

/** The principal of a request, or why there is none. Never throws. */
export async function prove(
  request: ConnectionRequest,
  { authenticate, log }: ProofPolicy,
  clock: Clock,
): Promise<{ readonly proof: Proof } | { readonly refused: Refusal }> {
  if (authenticate === undefined) return { proof: anybody };
  try {
    const proof = proofOf(await authenticate(request));
    const now = clock.now();
    const wall = wallTime(clock);
    // It is said by the wall clock, which may have been set back since this server started.
    const expiresAt = proof.expiresAt + (now - wall);
    if (expiresAt > now) return { proof: { ...proof, expiresAt } };
    // With both numbers, because a JSON Web Token has seconds.
    const message = `expiresAt is ${proof.expiresAt}, and it is ${wall} milliseconds since 1970`;
    log({ level: "warn", event: "authentication-failed", message });
    return { refused: expired() };
  } catch (error) {
    log({ level: "warn", event: "authentication-failed", cause: error });
    return { refused: refusalOf(error) };
  }
}

function proofOf(answer: unknown): Proof {
  if (!(answer instanceof Authenticated))
    return { principal: answer, expiresAt: Infinity, caller: callerIn(answer) };
  const { principal, expiresAt = Infinity, identity } = answer;
  const caller = identity === undefined ? callerIn(principal) : canonicalJson(["named", identity]);
  return { principal, expiresAt, caller };
}

/** JSON shows nothing of what a class or a symbol hides: two callers could seem to be one. */
function callerIn(principal: unknown): string | undefined {
  if (typeof principal === "function" || typeof principal === "symbol") return undefined;
  if (typeof principal !== "object" || principal === null)
    return canonicalJson([typeof principal, String(principal)]);
  const isPlain = Array.isArray(principal) || Object.getPrototypeOf(principal) === Object.prototype;
  try {
    return isPlain ? canonicalJson(["object", principal]) : undefined;
  } catch {
    return undefined;
  }
}

function expired(): Refusal {
  return refusal("unauthenticated", { message: "The credentials have expired." });
}
