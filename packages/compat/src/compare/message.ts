/** The sentence of a change: what changed, and whom it breaks. */
import type { Verdict } from "../rule/rule.ts";
import { explain, type RuleId } from "../rule/rules.ts";
import type { Direction, Position } from "./change.ts";
import type { Difference } from "./difference.ts";

/** Everything that a sentence needs. */
export interface Told {
  readonly rule: RuleId;
  readonly facts: Difference["facts"];
  readonly position: Position;
  readonly direction: Direction;
  readonly isRequest: boolean;
  readonly verdict: Verdict;
  readonly reason?: string | undefined;
}

/** One sentence, with a capital and a full stop. */
export function messageOf(told: Told): string {
  const title = fill(explain(told.rule)?.title ?? told.rule, told.facts);
  return `${title.charAt(0).toUpperCase()}${title.slice(1)}: ${consequence(told)}.`;
}

function consequence({ position, direction, isRequest, verdict, reason }: Told): string {
  const isOld = direction === "old-client-new-server";
  const [client, server] = isOld
    ? ["an old client", "a new server"]
    : ["a new client", "an old server"];
  const [sender, receiver] = isRequest ? [client, server] : [server, client];
  const what =
    position === "item" ? "an item" : position === "error" ? "an error" : `a ${position}`;
  switch (verdict) {
    case "breaking":
      return `${sender} may send ${what} that ${receiver} refuses`;
    case "lossy":
      if (reason === undefined)
        return `${receiver} accepts it from ${sender}, but drops what was meant by it`;
      return `${receiver} accepts everything that ${sender} may send, but whether it drops a part of it is undecided, because ${reason.replace(/\.$/, "")}`;
    case "undecided":
      return `whether ${receiver} accepts every such ${what.replace(/^an? /, "")} of ${sender} is undecided${reason === undefined ? "" : `, because ${reason.replace(/\.$/, "")}`}`;
    default:
      return `${receiver} accepts everything that ${sender} may send`;
  }
}

/** Fills in a title. Values come from schemas, so they are shortened, and only ever printed. */
export function fill(title: string, facts: Difference["facts"] = {}): string {
  return title.replaceAll(/\{(name|before|after)\}/g, (_, key: "name" | "before" | "after") =>
    short(facts[key] ?? "?"),
  );
}

function short(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
