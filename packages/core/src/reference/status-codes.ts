/** What each status code means, for people: the docs' table and what `statusCodes` shows. Nothing runs on it. */
import { mayRetry, type StatusCode, statusNumbers } from "../error/status-code.ts";
import { joined } from "./joined.ts";

/** What a status code means to the one who sees it. */
export interface StatusRule {
  /** The number on the wire; the same as gRPC's, so a capture reads like one. Never reused. */
  readonly number: number;
  /** What happened, in one sentence. */
  readonly meaning: string;
  /** Whether the same call may succeed when it is simply made again a little later. */
  readonly retry: boolean;
}

const meanings: Readonly<Record<StatusCode, Pick<StatusRule, "meaning">>> = {
  cancelled: { meaning: "The caller gave the call up." },
  unknown: { meaning: "The other side failed and did not say how." },
  invalid_argument: {
    meaning: "The request does not match its schema, whatever the state of the server.",
  },
  deadline_exceeded: {
    meaning: "The deadline passed first; the call may or may not have taken effect.",
  },
  not_found: { meaning: "What the request names does not exist." },
  already_exists: { meaning: "What the request creates exists already." },
  permission_denied: { meaning: "The caller is known and is not allowed to do this." },
  resource_exhausted: { meaning: "A limit or quota was reached: size, rate, or calls in flight." },
  failed_precondition: {
    meaning: "The system is not in the state that the call needs; change that first.",
  },
  aborted: { meaning: "The call lost against another one; start again from the beginning." },
  out_of_range: { meaning: "The call went past the end of something." },
  unimplemented: {
    meaning: "The negotiated release, or this server, does not have the procedure.",
  },
  internal: { meaning: "The other side broke one of its own promises." },
  unavailable: { meaning: "The server cannot be reached or does not take calls now." },
  data_loss: { meaning: "Data was lost for good." },
  unauthenticated: { meaning: "The caller has not shown valid credentials." },
};

/** Every status code a call may end with, except success. */
export const statusCodes: Readonly<Record<StatusCode, StatusRule>> = joined(meanings, (code) => ({
  number: statusNumbers[code],
  retry: mayRetry(code),
}));
