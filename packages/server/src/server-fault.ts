/** This server broke one of its own promises in a call: told to the log in full, to the caller as `internal`. */
import type { ProcedurePlan } from "./procedure-plan.ts";

/** What went wrong, where. */
export class ServerFault extends Error {
  override name = "ServerFault";
  readonly procedure: string;
  readonly release: string;
  /** Where in the message, as a JSON pointer; an empty string where that says nothing. */
  readonly path: string;

  constructor(plan: Pick<ProcedurePlan, "name" | "release">, message: string, path = "") {
    super(message);
    this.procedure = plan.name;
    this.release = plan.release;
    this.path = path;
  }
}
