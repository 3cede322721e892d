/** The outer wall of a comparison: whatever is handed in, the answer is a finding. */
import type { Change, Direction, Position } from "./change.ts";
import { messageOf } from "./message.ts";

/** What a comparison is about, for a finding that says it could not be made. */
export interface About {
  readonly position: Position;
  readonly direction: Direction;
  readonly isRequest: boolean;
  readonly procedure?: string;
}

/** Runs a comparison; running out of stack, or a document beyond reach, is an undecided finding. */
export function guarded(about: About, compare: () => readonly Change[]): readonly Change[] {
  try {
    return compare();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const reason = error.message.includes("call stack")
      ? "the schemas are nested too deeply"
      : error.message;
    const told = {
      rule: "unreadable-schema",
      facts: { name: "its root" },
      verdict: "undecided",
    } as const;
    const { isRequest, ...where } = about;
    return [
      {
        rule: told.rule,
        path: "",
        ...where,
        verdict: told.verdict,
        message: messageOf({ ...told, ...about, isRequest, reason }),
      },
    ];
  }
}
