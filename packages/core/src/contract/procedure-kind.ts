/** The kinds of procedure: which side sends how many messages. */

/** One row of the table. */
export interface ProcedureKindRule {
  /** Whether the caller sends a stream of items instead of one request. */
  readonly requestStream: boolean;
  /** Whether the handler sends a stream of items instead of one response. */
  readonly responseStream: boolean;
  /** Who sends, where it is one message that nobody answers; absent for calls. */
  readonly oneWay?: "client" | "server";
  /** The kind in words. */
  readonly title: string;
}

/** The kinds; their names are frozen into release documents. */
export const procedureKinds = {
  unary: { requestStream: false, responseStream: false, title: "unary" },
  serverStream: { requestStream: false, responseStream: true, title: "server stream" },
  clientStream: { requestStream: true, responseStream: false, title: "client stream" },
  bidiStream: { requestStream: true, responseStream: true, title: "bidi stream" },
  clientNotification: {
    requestStream: false,
    responseStream: false,
    oneWay: "client",
    title: "client notification",
  },
  serverNotification: {
    requestStream: false,
    responseStream: false,
    oneWay: "server",
    title: "server notification",
  },
} as const satisfies Record<string, ProcedureKindRule>;

/** One of the kinds. */
export type ProcedureKind = keyof typeof procedureKinds;

/** One of the two kinds that nobody answers. */
export type NotificationKind = "clientNotification" | "serverNotification";

/** One of the four kinds that are answered. */
export type CallKind = Exclude<ProcedureKind, NotificationKind>;

/** Whether a procedure is called and answered, not only told. */
export function isCallKind(kind: ProcedureKind): kind is CallKind {
  return !("oneWay" in procedureKinds[kind]);
}

/** The four kinds that are answered. */
export const callKinds: readonly CallKind[] =
  // The table's own keys, which Object.keys forgets.
  (Object.keys(procedureKinds) as ProcedureKind[]).filter(isCallKind);
