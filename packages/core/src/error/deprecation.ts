/** What is said about something that will go: here, in the lowest layer, because a refusal repeats it. */

/** Why and until when a procedure or release is still there. The names are those of RFC 9745 and RFC 8594. */
export interface Deprecation {
  /** The release that deprecated it. */
  readonly since?: string;
  /** The day from which it should not be used any more, `YYYY-MM-DD`, in UTC. */
  readonly deprecated?: string;
  /** The day on which it stops being served, `YYYY-MM-DD`, as it begins in UTC. */
  readonly sunset?: string;
  /** What to use instead. */
  readonly successor?: string;
  /** One sentence for a developer. */
  readonly message?: string;
  /** Where to read more, or to find a newer program. */
  readonly url?: string;
}
