/** The four kinds of procedure: which side sends how many messages. */

/** One row of the table. */
export interface ProcedureKindRule {
  /** Whether the caller sends a stream of items instead of one request. */
  readonly requestStream: boolean;
  /** Whether the handler sends a stream of items instead of one response. */
  readonly responseStream: boolean;
  /** The kind in words. */
  readonly title: string;
}

/** The kinds; their names are frozen into release documents. */
export const procedureKinds = {
  unary: { requestStream: false, responseStream: false, title: "unary" },
  serverStream: { requestStream: false, responseStream: true, title: "server stream" },
  clientStream: { requestStream: true, responseStream: false, title: "client stream" },
  bidiStream: { requestStream: true, responseStream: true, title: "bidi stream" },
} as const satisfies Record<string, ProcedureKindRule>;

/** One of the four kinds. */
export type ProcedureKind = keyof typeof procedureKinds;
