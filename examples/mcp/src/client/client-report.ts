/** What a client process tells the demonstration when it is done. */

/** One call that a client made. */
export interface CallReport {
  /** The procedure, then what tells this call from its others: `tools/call calculate`. */
  readonly call: string;
  /** `ok`, or the status code that the call failed with. */
  readonly outcome: string;
  /** What the client saw in the answer, or the message of the error. */
  readonly saw: string;
}

/** How a refusal reached the client, and what its program can tell its user. */
export interface RefusalReport {
  /** The class of the error. */
  readonly error: string;
  readonly closeCode: number;
  readonly mustMove: string;
  readonly message: string;
  readonly upgradeUrl: string;
}

/** One client's whole conversation. */
export interface ClientReport {
  /** The release that the client was generated from. */
  readonly release: string;
  /** What was agreed on; an empty text where nothing was. */
  readonly negotiated: string;
  readonly calls: readonly CallReport[];
  readonly refusal: RefusalReport | undefined;
  /** How the socket ended by itself: `HTTP 426`, `close 4426`; an empty text while it is open. */
  readonly ended: string;
  /** How many sockets were opened. */
  readonly dials: number;
}
