/** Why a contract cannot be frozen, or a release document not be trusted: every reason, with its place. */

/** One thing that is wrong with a contract or a document. */
export interface Problem {
  /** Where: `place/request/properties/id`. */
  readonly path: string;
  /** What is wrong, and what to write instead. */
  readonly message: string;
}

/** A contract or document that cannot be used. Thrown to the developer, never to a peer. */
export class ContractError extends Error {
  override name = "ContractError";
  /** Every reason, each with its place; the message lists them too. */
  readonly problems: readonly Problem[];

  constructor(subject: string, problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => `  ${path || "(top)"}: ${message}`);
    super(`${subject}\n${lines.join("\n")}`);
    this.problems = problems;
  }
}
