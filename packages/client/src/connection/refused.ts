/** What the end of a connection is raised as. */
import {
  classifyClose,
  closeCode,
  ConcordatError,
  isTerminal,
  type RefusedError,
} from "@concordat/core";
import {
  type ClientContract,
  errorOfRefusal,
  parseReason,
  type Refusal,
  refusalFromClose,
} from "@concordat/core/internal";
import type { ConnectionEnd } from "../socket/connection-end.ts";

/** A contract, as far as a refusal needs it. */
export type OfferedContract = Pick<ClientContract<unknown>, "name" | "offers">;

/** Close codes that say nothing but that the connection is gone. */
const saysNothing: ReadonlySet<number> = new Set([0, 1005, 1006, 1015, 4800]);

/**
 * The code that decides.
 *
 * The close decides, not the message before it. Only where the close says nothing, as when a proxy or a killed
 * process cut it off, does a `reject` that had arrived stand: without it a refused client would dial for ever.
 */
export function decidingCode({ code, refusal }: ConnectionEnd): number {
  return refusal !== undefined && saysNothing.has(code) ? refusal.closeCode : code;
}

/** The refusal that an end amounts to: what the `reject` said, else what code and reason tell. */
export function refusalOf(end: ConnectionEnd, contracts: readonly OfferedContract[]): Refusal {
  const code = decidingCode(end);
  const said = end.refusal?.closeCode === code ? end.refusal : undefined;
  const own = ownOffers(
    said?.contract ?? parseReason(end.reason).values.get("contract"),
    contracts,
  );
  const known = refusalFromClose(code, end.reason, own);
  if (said === undefined) {
    const fault = end.fault === undefined ? "" : ` (${end.fault})`;
    return { ...known, ...announced(end, known), message: `${known.message}${fault}` };
  }
  const { offered = [] } = said;
  return {
    ...known,
    ...said,
    offered: offered.length > 0 ? offered : (own.offered ?? []),
    supported: { ...known.supported, ...said.supported },
  };
}

/** What a close on a live connection had no room for: the notice that came before it. */
function announced({ notice }: ConnectionEnd, { contract, mustMove }: Refusal): Partial<Refusal> {
  if (notice?.contract === undefined || notice.contract !== contract) return {};
  const { url } = notice;
  return { notice, ...(url === undefined || mustMove !== "client" ? {} : { upgradeUrl: url }) };
}

/** The error that a refused connection is raised as, on every call. */
export function refusedError(
  end: ConnectionEnd,
  contracts: readonly OfferedContract[],
): RefusedError {
  return errorOfRefusal(refusalOf(end, contracts));
}

/** The error of a call that was open when its connection ended. */
export function outcomeUnknown(end: ConnectionEnd): ConcordatError {
  const message =
    `The connection ended (${inWords(end)}) before the answer came: ` +
    "nobody knows whether the call was executed.";
  return new ConcordatError("unavailable", message, { origin: "network", ...causeOf(end) });
}

/** The error of a call that was not sent, because there is no connection. */
export function notConnected(end: ConnectionEnd): ConcordatError {
  const message = `The call was not sent: there is no connection to the server (${inWords(end)}).`;
  return new ConcordatError("unavailable", message, {
    origin: "network",
    notExecuted: true,
    ...causeOf(end),
  });
}

/** The error of a call on a client that the application has closed. */
export function clientClosed(): ConcordatError {
  return new ConcordatError("cancelled", "The client was closed. Call connect() to use it again.");
}

/**
 * Whether the server provably executed none of the calls that were sent ahead of its answer.
 *
 * It runs them after its welcome has left, and these closes are given instead of one. Of any other close the welcome
 * may have been lost on the way.
 */
export function executedNothing(end: ConnectionEnd): boolean {
  if (end.wasOpen) return false;
  const code = decidingCode(end);
  if (end.refusal?.closeCode === code) return true;
  const isFromServer = end.fault === undefined;
  return isFromServer && (isTerminal(code) || code === 4508 || code === 4526);
}

/** Whether a connection ended over credentials: they were turned down, or have expired. */
export function concernsCredentials(end: ConnectionEnd): boolean {
  const { registered } = classifyClose(decidingCode(end));
  return registered === closeCode.unauthenticated || registered === closeCode.reauthenticate;
}

/** Whether the server will not go on with what was to be resumed: it says so, or does not understand this side. */
export function losesSession(end: ConnectionEnd): boolean {
  const { registered, action } = classifyClose(decidingCode(end));
  return registered === closeCode["session-not-resumable"] || action === "strikes";
}

function ownOffers(
  named: string | undefined,
  contracts: readonly OfferedContract[],
): { contract?: string; offered?: readonly string[] } {
  const only = contracts.length === 1 ? contracts[0] : undefined;
  const meant = named === undefined ? only : contracts.find(({ name }) => name === named);
  if (meant === undefined) return {};
  return {
    contract: meant.name,
    offered: meant.offers.map(({ release }) => release ?? "unreleased"),
  };
}

/** Code, name and cause, for people. */
export function inWords(end: ConnectionEnd): string {
  const code = decidingCode(end);
  const { name } = classifyClose(code);
  const fault = end.fault === undefined ? "" : `: ${end.fault}`;
  return `${code} ${name}${fault}`;
}

function causeOf({ cause }: ConnectionEnd): { cause?: unknown } {
  return cause === undefined ? {} : { cause };
}
