/** A refusal as a close reason, and whatever can be known of one from code and reason alone. */
import { present } from "../error/present.ts";
import type { StatusCode } from "../error/status-code.ts";
import {
  type Mover,
  RefusedError,
  ServerOutdatedError,
  UpgradeRequiredError,
} from "../error/refusal-error.ts";
import { classifyClose } from "../wire/close-classification.ts";
import { type CloseReason, formatReason, parseReason } from "../wire/close-reason.ts";
import type { Refusal } from "./refusal.ts";

/** The compact reason: `client-too-old contract=orders have=1.2.0 min=2.0.0 max=3.1.0`. */
export function reasonOfRefusal(refusal: Refusal): string {
  return formatReason(refusal.closeName, reasonValues(refusal));
}

/** The pairs of the compact reason: what of a refusal fits into a close. */
export function reasonValues(refusal: Refusal): Readonly<Record<string, string | number>> {
  const { closeCode, contract, offered, supported, mustMove, retryAfterMs } = refusal;
  return present({
    contract,
    have: offered?.[0],
    min: supported?.floor,
    max: supported?.newest,
    move: closeCode === 4427 ? mustMove : undefined, // the one code that does not say it by itself
    after: retryAfterMs,
  });
}

/**
 * The refusal that a close code and its reason amount to, with what the client knows about itself filled in.
 *
 * Complete enough to raise the right error class from the code alone, where a proxy dropped the reason.
 */
export function refusalFromClose(
  code: number,
  reason: string,
  own: { readonly contract?: string; readonly offered?: readonly string[] },
): Refusal {
  const { name } = classifyClose(code);
  const { values } = parseReason(reason);
  const [floor, newest] = [values.get("min"), values.get("max")];
  const mustMove = moverFrom(values.get("move")) ?? moverOf(code);
  const range =
    floor === undefined || newest === undefined ? "" : ` It serves ${floor} to ${newest}.`;
  const advice = mustMove === undefined ? "" : ` The ${mustMove} has to be updated.`;
  return present({
    closeCode: code,
    closeName: name,
    message: `The connection was closed with ${code} (${name}).${range}${advice}`,
    contract: values.get("contract") ?? own.contract,
    offered: own.offered,
    supported: present({ floor, newest }),
    mustMove,
    retryAfterMs: msIn(values, "after"),
  });
}

/** A time in a close reason, or `undefined`. */
export function msIn(values: CloseReason["values"], key: string): number | undefined {
  const ms = Number(values.get(key));
  return ms >= 0 && ms < Infinity ? ms : undefined;
}

/** The error that a refusal is raised as: by its code alone, whatever else is known. */
export function errorOfRefusal(refusal: Refusal): RefusedError {
  const { closeCode } = refusal;
  if (needsUpgrade.has(closeCode)) return new UpgradeRequiredError(refusal);
  if (closeCode === 4526) return new ServerOutdatedError(refusal);
  const { action } = classifyClose(closeCode);
  const otherwise = action === "stop" ? "failed_precondition" : "unavailable";
  return new RefusedError(statusOf[closeCode] ?? otherwise, refusal);
}

const needsUpgrade: ReadonlySet<number> = new Set([4410, 4426, 4427]);

/** Refusals that are about neither side's release, and say more than that they were refusals. */
const statusOf: Readonly<Record<number, StatusCode>> = {
  4401: "unauthenticated",
  4403: "permission_denied",
  4404: "unimplemented",
  4501: "unauthenticated",
  4529: "resource_exhausted",
};

/** The side that a text names. */
export function moverFrom(said: string | undefined): Mover | undefined {
  return said === "client" || said === "server" ? said : undefined;
}

/** The side that a code names by itself. */
function moverOf(code: number): Mover | undefined {
  if (code === 4526) return "server";
  return code === 4426 || code === 4410 ? "client" : undefined;
}
