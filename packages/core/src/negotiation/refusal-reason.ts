/** A refusal as a close reason, and whatever can be known of one from code and reason alone. */
import { present } from "../error/present.ts";
import {
  type Mover,
  RefusedError,
  ServerOutdatedError,
  UpgradeRequiredError,
} from "../error/refusal-error.ts";
import { classifyClose } from "../wire/close-classification.ts";
import { formatReason, parseReason } from "../wire/close-reason.ts";
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
  const contract = values.get("contract") ?? own.contract;
  const floor = values.get("min");
  const newest = values.get("max");
  const after = Number(values.get("after"));
  const mustMove = moverOf(code, values.get("move"));
  return {
    closeCode: code,
    closeName: name,
    message: sentence(`The connection was closed with ${code} (${name}).`, floor, newest, mustMove),
    ...(contract === undefined ? {} : { contract }),
    ...(own.offered === undefined ? {} : { offered: own.offered }),
    supported: {
      ...(floor === undefined ? {} : { floor }),
      ...(newest === undefined ? {} : { newest }),
    },
    ...(mustMove === undefined ? {} : { mustMove }),
    ...(Number.isFinite(after) && after >= 0 && values.has("after") ? { retryAfterMs: after } : {}),
  };
}

/** The error that a refusal is raised as: by its code alone, whatever else is known. */
export function errorOfRefusal(refusal: Refusal): RefusedError {
  switch (refusal.closeCode) {
    case 4410:
    case 4426:
    case 4427:
      return new UpgradeRequiredError(refusal);
    case 4526:
      return new ServerOutdatedError(refusal);
    case 4401:
    case 4501:
      return new RefusedError("unauthenticated", refusal);
    case 4403:
      return new RefusedError("permission_denied", refusal);
    case 4404:
      return new RefusedError("unimplemented", refusal);
    case 4529:
      return new RefusedError("resource_exhausted", refusal);
    default:
      return new RefusedError(
        classifyClose(refusal.closeCode).action === "stop" ? "failed_precondition" : "unavailable",
        refusal,
      );
  }
}

function moverOf(code: number, said: string | undefined): Mover | undefined {
  if (said === "client" || said === "server") return said;
  if (code === 4526) return "server";
  return code === 4426 || code === 4410 ? "client" : undefined;
}

function sentence(
  what: string,
  floor: string | undefined,
  newest: string | undefined,
  mover: Mover | undefined,
): string {
  const range =
    floor === undefined || newest === undefined ? "" : ` It serves ${floor} to ${newest}.`;
  const advice = mover === undefined ? "" : ` The ${mover} has to be updated.`;
  return `${what}${range}${advice}`;
}
