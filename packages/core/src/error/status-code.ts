/** The closed list of status codes, by number. What each means is in `reference/status-codes.ts`. */

/**
 * Every status code a call may end with, except success, with its number on the wire.
 *
 * Names and numbers are those of gRPC (`google.golang.org/grpc/codes`), in snake_case, so a capture reads like one.
 * Append-only: an old peer must never meet a number with another meaning.
 */
export const statusNumbers = {
  cancelled: 1,
  unknown: 2,
  invalid_argument: 3,
  deadline_exceeded: 4,
  not_found: 5,
  already_exists: 6,
  permission_denied: 7,
  resource_exhausted: 8,
  failed_precondition: 9,
  aborted: 10,
  out_of_range: 11,
  unimplemented: 12,
  internal: 13,
  unavailable: 14,
  data_loss: 15,
  unauthenticated: 16,
} as const;

/** One of the sixteen status codes; see `statusCodes`. */
export type StatusCode = keyof typeof statusNumbers;

/** The status code with this wire number; `unknown` for a number that this release of the library has never heard of. */
export function statusCodeOf(number: number): StatusCode {
  // The table's own keys, which Object.keys forgets.
  const names = Object.keys(statusNumbers) as StatusCode[];
  return names.find((name) => statusNumbers[name] === number) ?? "unknown";
}

/** Whether a call that ended with this code may succeed when it is made again a little later. */
export function mayRetry(code: StatusCode): boolean {
  return code === "unavailable" || code === "resource_exhausted";
}
