/** Compares one message of two releases in the directions asked for. */
import type { Fault, Opaque } from "../normal/facts.ts";
import type { SchemaNode } from "../normal/node.ts";
import type { Scan } from "../normal/scan.ts";
import type { RuleId } from "../rule/rules.ts";
import type { Change, Direction, Position } from "./change.ts";
import type { Difference, Side } from "./difference.ts";
import { Differ } from "./differ.ts";
import { Judge, type Judgement } from "./judge.ts";
import { messageOf } from "./message.ts";
import { pathOf } from "./place.ts";
import type { Workbench } from "./workbench.ts";

/** One message as it was and as it is. */
export interface MessagePair {
  readonly before: SchemaNode;
  readonly after: SchemaNode;
  readonly position: Position;
  /** Whether a client sends it. */
  readonly isRequest: boolean;
  readonly procedure?: string;
  readonly error?: string;
}

/** Changes of one message, judged in each of the directions, and the paths where something is dropped. */
export function compareMessage(
  bench: Workbench,
  pair: MessagePair,
  directions: readonly Direction[],
): Change[] {
  const scans = { before: bench.scanOf(pair.before), after: bench.scanOf(pair.after) };
  const unreadable = [...scans.before.faults, ...scans.after.faults].map(unreadablePart);
  const isUnreadable = unreadable.length > 0;
  const differences = isUnreadable
    ? unreadable
    : [...differencesOf(bench, pair), ...unknownKeywords(scans.before, scans.after)];
  return directions.flatMap((direction) =>
    judged(bench, pair, direction, differences, isUnreadable),
  );
}

function differencesOf(bench: Workbench, pair: MessagePair): readonly Difference[] {
  const differ = new Differ(bench);
  bench.search.refill();
  differ.walk(pair.before, pair.after, []);
  return differ.found;
}

function judged(
  bench: Workbench,
  pair: MessagePair,
  direction: Direction,
  differences: readonly Difference[],
  isUnreadable: boolean,
): Change[] {
  const isFromOld = direction === "old-client-new-server" ? pair.isRequest : !pair.isRequest;
  const sender: Side = isFromOld ? "before" : "after";
  const { before, after, isRequest } = pair;
  const tell = (difference: Difference, judgement: Judgement): Change => {
    const { facts, draft } = difference;
    const rule = ruleOf(difference, pair);
    const { verdict, reason } = judgement;
    const steps = sender === "before" ? draft?.toAfter : draft?.toBefore;
    const isHelped = verdict === "breaking" || verdict === "lossy";
    const { position, procedure, error } = pair;
    return {
      rule,
      path: shownPath(difference),
      position,
      direction,
      ...(procedure !== undefined && { procedure }),
      ...(error !== undefined && { error }),
      verdict,
      message: messageOf({ rule, facts, position, direction, isRequest, verdict, reason }),
      ...("witness" in judgement && { witness: judgement.witness }),
      ...(isHelped && steps !== undefined && steps.length > 0 && { adapter: steps }),
    };
  };
  if (isUnreadable)
    return differences.map((difference) =>
      tell(difference, { verdict: "undecided", reason: difference.undecided ?? "" }),
    );
  if (differences.length === 0 && bench.search.same.holds(before, after)) return [];
  const judge = new Judge(bench, { before, after, sender, isRequest });
  const changes = differences.map((difference) => tell(difference, judge.of(difference)));
  if (changes.some(({ verdict }) => verdict === "breaking")) return changes;
  const whole = judge.whole();
  const isExplained = changes.some(({ verdict }) => verdict === whole.verdict);
  if (whole.verdict === "compatible" && !isExplainedLoss(changes) && judge.isAltered()) {
    return [
      ...changes,
      tell({ rule: unexplained(pair), place: [], demand: {} }, { verdict: "lossy" }),
    ];
  }
  if (whole.verdict === "compatible" || isExplained) return changes;
  return [...changes, tell({ rule: unexplained(pair), place: [], demand: {} }, whole)];
}

function isExplainedLoss(changes: readonly Change[]): boolean {
  return changes.some(({ verdict }) => verdict === "lossy");
}

/** What a break is called that no single difference explains. */
function unexplained({ position }: MessagePair): RuleId {
  if (position === "item") return "stream-item-changed";
  return position === "error" ? "error-payload-changed" : "values-changed";
}

/** A further variant of what a server streams is an event that it may push. */
function ruleOf({ rule, place }: Difference, { position, isRequest }: MessagePair): RuleId {
  const isEvent =
    rule === "variant-added" && position === "item" && !isRequest && place.length === 0;
  return isEvent ? "pushed-event-added" : rule;
}

function shownPath({ place, property }: Difference): string {
  return pathOf(property === undefined ? place : [...place, { into: "property", name: property }]);
}

function unreadablePart({ path, reason }: Fault): Difference {
  const name = path === "" ? "its root" : path;
  return { rule: "unreadable-schema", place: [], facts: { name }, demand: {}, undecided: reason };
}

/** What nobody understands, and is not the same on both sides. */
function unknownKeywords(before: Scan, after: Scan): Difference[] {
  const seen = new Set<string>();
  return [...onlyIn(before, after), ...onlyIn(after, before)].flatMap(
    ({ keyword, path }): Difference[] => {
      if (seen.has(path)) return [];
      seen.add(path);
      return [
        {
          rule: "unknown-keyword-changed",
          place: [],
          facts: { name: `${keyword} at ${path}` },
          demand: {},
          undecided: `${keyword} is outside the part of JSON Schema that can be compared`,
        },
      ];
    },
  );
}

function onlyIn(scan: Scan, other: Scan): readonly Opaque[] {
  return [...scan.opaque.values()].filter(({ key }) => !other.opaque.has(key));
}
