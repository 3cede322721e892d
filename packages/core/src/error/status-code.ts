/** The closed list of status codes: what went wrong with one call, in the field's own words. */

/** What a status code means to the one who sees it. */
export interface StatusRule {
  /** The number on the wire; the same as gRPC's, so a capture reads like one. Never reused. */
  readonly number: number;
  /** What happened, in one sentence. */
  readonly meaning: string;
  /** Whether the same call may succeed when it is simply made again a little later. */
  readonly retry: boolean;
}

/**
 * Every status code a call may end with, except success.
 *
 * Names and numbers are those of gRPC (`google.golang.org/grpc/codes`), in snake_case.
 * Append-only: an old peer must never meet a number with another meaning.
 */
export const statusCodes = {
  cancelled: { number: 1, meaning: "The caller gave the call up.", retry: false },
  unknown: { number: 2, meaning: "The other side failed and did not say how.", retry: false },
  invalid_argument: {
    number: 3,
    meaning: "The request does not match its schema, whatever the state of the server.",
    retry: false,
  },
  deadline_exceeded: {
    number: 4,
    meaning: "The deadline passed first; the call may or may not have taken effect.",
    retry: false,
  },
  not_found: { number: 5, meaning: "What the request names does not exist.", retry: false },
  already_exists: { number: 6, meaning: "What the request creates exists already.", retry: false },
  permission_denied: {
    number: 7,
    meaning: "The caller is known and is not allowed to do this.",
    retry: false,
  },
  resource_exhausted: {
    number: 8,
    meaning: "A limit or quota was reached: size, rate, or calls in flight.",
    retry: true,
  },
  failed_precondition: {
    number: 9,
    meaning: "The system is not in the state that the call needs; change that first.",
    retry: false,
  },
  aborted: {
    number: 10,
    meaning: "The call lost against another one; start again from the beginning.",
    retry: false,
  },
  out_of_range: { number: 11, meaning: "The call went past the end of something.", retry: false },
  unimplemented: {
    number: 12,
    meaning: "The negotiated release, or this server, does not have the procedure.",
    retry: false,
  },
  internal: { number: 13, meaning: "The other side broke one of its own promises.", retry: false },
  unavailable: {
    number: 14,
    meaning: "The server cannot be reached or does not take calls now.",
    retry: true,
  },
  data_loss: { number: 15, meaning: "Data was lost for good.", retry: false },
  unauthenticated: {
    number: 16,
    meaning: "The caller has not shown valid credentials.",
    retry: false,
  },
} as const satisfies Record<string, StatusRule>;

/** One of the sixteen status codes; see {@link statusCodes}. */
export type StatusCode = keyof typeof statusCodes;

const byNumber: ReadonlyMap<number, StatusCode> = new Map(
  // The table's own keys, which Object.keys forgets.
  (Object.keys(statusCodes) as StatusCode[]).map((name) => [statusCodes[name].number, name]),
);

/** The status code with this wire number; `unknown` for a number that this release of the library has never heard of. */
export function statusCodeOf(number: number): StatusCode {
  return byNumber.get(number) ?? "unknown";
}

/** Whether a call that ended with this code may succeed when it is made again a little later. */
export function mayRetry(code: StatusCode): boolean {
  return statusCodes[code].retry;
}
