/** The outer wall of a comparison: whatever is handed in, the answer is a finding. */
import type { Change, Direction, Position } from "./change.ts";
import { messageOf } from "./message.ts";

/** Documents nested deeper than this are not compared: every part of the engine walks them by recursion. */
export const deepestNesting = 1_000;

/** What a comparison is about, for a finding that says it could not be made. */
export interface About {
  readonly position: Position;
  readonly direction: Direction;
  readonly isRequest: boolean;
  readonly procedure?: string;
}

/** Why a document cannot be walked; undefined where it can. */
export function beyondReach(document: unknown): string | undefined {
  const stack: { part: unknown; depth: number }[] = [{ part: document, depth: 0 }];
  const seen = new Set<unknown>();
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const { part, depth } = next;
    if (typeof part !== "object" || part === null || seen.has(part)) continue;
    if (depth > deepestNesting)
      return `the document is nested deeper than ${deepestNesting} levels`;
    seen.add(part);
    for (const inner of Object.values(part)) stack.push({ part: inner, depth: depth + 1 });
  }
  return undefined;
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
