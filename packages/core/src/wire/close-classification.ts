/** What any 16-bit close code means to a client: registered, standard, the application's own, or unheard of. */
import {
  type CloseAction,
  closeActions,
  type CloseCode,
  closeCode,
  type CloseName,
} from "./close-code.ts";

const names: ReadonlyMap<number, CloseName> = new Map(
  // The table's own keys, which Object.keys forgets.
  (Object.keys(closeCode) as CloseName[]).map((name) => [closeCode[name], name]),
);

/** A close code, understood. */
export interface ClassifiedClose {
  /** The code as it arrived. */
  readonly code: number;
  /** The registry's row that applies, where one does: 1009 counts as 4513, for example. */
  readonly registered: CloseCode | undefined;
  /** The registry's name, or a readable stand-in such as `abnormal` or `close-4471`. */
  readonly name: string;
  /** What the side that is closed does next. */
  readonly action: CloseAction;
}

/**
 * Codes of RFC 6455, of its registry at IANA, and 0, that stand for a row of ours.
 *
 * 1008 is what proxies and cloud gateways send for nearly everything, so it is retried, as a strike.
 */
const standsFor: ReadonlyMap<number, CloseCode> = new Map([
  [1002, 4522],
  [1003, 4522],
  [1007, 4522],
  [1008, 4522],
  [1009, 4513],
  [1010, 4522],
  [1012, 4503],
  [1013, 4529],
  [3000, 4401],
  [3003, 4403],
  [3008, 4508],
]);

/**
 * Classifies a close code, whatever it is.
 *
 * The code alone decides: a proxy may have dropped the reason. Unknown 44xx and 46xx stop, unknown 45xx
 * and 47xx retry, everything else (also 0 and 1006, which mean "the connection is gone") retries with backoff.
 */
export function classifyClose(code: number): ClassifiedClose {
  const registered = isRegistered(code) ? code : standsFor.get(code);
  const hundreds = Math.floor((registered ?? code) / 100);
  const byHundreds = hundreds === 44 || hundreds === 46 ? "stop" : "backoff";
  if (registered === undefined) return { code, registered, name: nameOf(code), action: byHundreds };
  const action = closeActions[registered] ?? byHundreds;
  return { code, registered, name: names.get(registered) ?? "", action };
}

/**
 * After which closes a session is still worth resuming, beside those without a code: the connection was lost or put
 * aside, and nobody decided to end the conversation. 4423 is here because the session goes on: on the connection that
 * took it.
 */
const survivable: ReadonlySet<number> = new Set([1001, 1012, 4423, 4515, 4800, 4801]);

/** Whether a session may go on after its connection was closed with this code. */
export function isSurvivable(code: number): boolean {
  return survivable.has(code) || classifyClose(code).name === "abnormal";
}

/** Whether no later connection with the same parameters can succeed. */
export function isTerminal(code: number): boolean {
  const { action } = classifyClose(code);
  return action === "stop" || action === "credentials";
}

function isRegistered(code: number): code is CloseCode {
  return names.has(code);
}

function nameOf(code: number): string {
  return code >= 1000 && code <= 4999 && code !== 1005 && code !== 1006 && code !== 1015
    ? `close-${code}`
    : "abnormal";
}
