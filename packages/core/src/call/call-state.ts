/** The life of one call, as a table: which act is legal when, and where it leads. */
import { type CallKind, procedureKinds } from "../contract/procedure-kind.ts";

/**
 * Where a call stands.
 *
 * `open`: the caller still streams. `requested`: all that the caller says is said. `over`: ended, whoever ended it.
 * The responder's end is always the end of the call, as in gRPC.
 */
export type CallState = "open" | "requested" | "over";

/** What may happen to a call after its request. The first two are the requester's, the last is too; the others the responder's. */
export type CallAct =
  | "requestItem"
  | "requestEnd"
  | "leading"
  | "responseItem"
  | "response"
  | "responseEnd"
  | "error"
  | "cancel";

/** From each state, each legal act and the state after it. The diagram in the docs is drawn from this. */
export const callTransitions: Readonly<
  Record<CallState, { readonly [Act in CallAct]?: CallState }>
> = {
  open: {
    requestItem: "open",
    requestEnd: "requested",
    leading: "open",
    responseItem: "open",
    response: "over",
    responseEnd: "over",
    error: "over",
    cancel: "over",
  },
  requested: {
    leading: "requested",
    responseItem: "requested",
    response: "over",
    responseEnd: "over",
    error: "over",
    cancel: "over",
  },
  over: {},
};

/** Acts that only some kinds know. */
const actsOf: { readonly [Act in CallAct]?: (kind: CallKind) => boolean } = {
  requestItem: (kind) => procedureKinds[kind].requestStream,
  requestEnd: (kind) => procedureKinds[kind].requestStream,
  responseItem: (kind) => procedureKinds[kind].responseStream,
  responseEnd: (kind) => procedureKinds[kind].responseStream,
  response: (kind) => !procedureKinds[kind].responseStream,
};

/** Where a call of this kind stands when its request has been sent. */
export function firstState(kind: CallKind): CallState {
  return procedureKinds[kind].requestStream ? "open" : "requested";
}

/** The state after an act, or `undefined` where the act is illegal. */
export function nextState(state: CallState, act: CallAct, kind: CallKind): CallState | undefined {
  return (actsOf[act]?.(kind) ?? true) ? callTransitions[state][act] : undefined;
}
