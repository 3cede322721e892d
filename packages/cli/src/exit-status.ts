/** What each exit status of the command means. */

/** One row of the table. */
export interface ExitStatusRule {
  /** What the process exits with. */
  readonly code: number;
  readonly meaning: string;
}

/** The exit statuses. Scripts depend on the numbers: they never change. */
export const exitStatuses = {
  ok: {
    code: 0,
    meaning: "Done. Where something was compared, it is compatible or lossy.",
  },
  breaking: {
    code: 1,
    meaning:
      "Something breaks, or `verify` found something; for `check` also: generated files are out of date; for `inspect --as`: that release is refused.",
  },
  unusable: {
    code: 2,
    meaning:
      "Wrong usage, input that cannot be read or trusted, or a server that cannot be asked. Nothing was written, and nothing compared.",
  },
  undecided: {
    code: 3,
    meaning:
      "Something can be neither proved nor refuted, and nothing is known to break. Treat it as breaking.",
  },
} as const satisfies Record<string, ExitStatusRule>;

/** How a command ended. */
export type ExitStatus = keyof typeof exitStatuses;

const severity: readonly ExitStatus[] = ["ok", "undecided", "breaking", "unusable"];

/** The most serious of several ways to end; `ok` for none. */
export function worstStatus(statuses: readonly ExitStatus[]): ExitStatus {
  return severity.findLast((status) => statuses.includes(status)) ?? "ok";
}
