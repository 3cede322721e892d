/** What has to hold of every old release that is served: the closed list of what can be found. */

/** The laws, each as the sentence that a finding breaks. */
export const laws = {
  served: "A message that the caller's release allows is taken and answered.",
  arrives: "What a handler is given is a message of its own release, and nothing else.",
  answers: "What a client is given is a message of its own release, and nothing else.",
  exact:
    "Where nothing changed nothing changes; where steps say what changes, that changes; what the other release does not declare is dropped.",
  kept: "A part that both releases declare in the same words arrives as it was sent.",
  back: "What goes up and comes back down is what it was, except where the adapter says that it is lost.",
  composed: "From one release to the next but one is the same as by way of the one between.",
  error:
    "A named error is told under the name that the caller's release has for it, or told as generic.",
  refused: "A message that the caller's release refuses reaches no handler.",
  masked: "What a handler may not return reaches no client.",
  ended: "What ended before the newest release fails alone, and says so.",
  negotiated:
    "The newest release that both sides have is spoken; who has none is told who has to move.",
  fingerprint: "Equal fingerprints mean equal messages, and nothing else does.",
} as const satisfies Record<string, string>;

/** The name of a law. */
export type Law = keyof typeof laws;

/** One law that does not hold, with the smallest values found that show it. */
export interface Finding {
  readonly law: Law;
  readonly contract: string;
  /** The caller's release. */
  readonly release: string;
  /** Absent where it is about the contract. */
  readonly procedure?: string;
  /** The releases of the adapter that is to blame, where that is known: `1.0.0 to 2.0.0`. */
  readonly step?: string;
  /** Where in the message, as a JSON pointer. */
  readonly path: string;
  /** What happened there, as a sentence. */
  readonly message: string;
  /** What was sent. */
  readonly requests?: readonly unknown[];
  /** What the handler answered. */
  readonly answers?: readonly unknown[];
}

/** What a single look at something found: the finding without the names that its owner knows. */
export type Fault = Pick<Finding, "law" | "path" | "message"> & {
  readonly step?: string;
  /** Whether it took all the patience there is. Default false. */
  readonly isHung?: boolean;
};
