/** Compares one message of two releases in the directions asked for. */
import type { Fault, Opaque } from "../normal/facts.ts";
import type { Scan } from "../normal/scan.ts";
import type { RuleId } from "../rule/rules.ts";
import { type Found, foundAt, noteOf } from "./account.ts";
import type { Change, Direction } from "./change.ts";
import { type Difference, otherSide, type Side } from "./difference.ts";
import { Judge, type Judgement } from "./judge.ts";
import type { MessagePair } from "./message-pair.ts";
import { changeOf } from "./telling.ts";
import { Site } from "./site.ts";
import { differencesOf } from "./tour.ts";
import type { Workbench } from "./workbench.ts";

/** Changes of one message, judged in each of the directions, and the paths where something is dropped. */
export function compareMessage(
  bench: Workbench,
  pair: MessagePair,
  directions: readonly Direction[],
): Change[] {
  const scans = { before: bench.scanOf(pair.before), after: bench.scanOf(pair.after) };
  const unreadable = [...scans.before.faults, ...scans.after.faults]
    .map(unreadablePart)
    .map(atRoot);
  const isUnreadable = unreadable.length > 0;
  const differences = isUnreadable
    ? unreadable
    : [
        ...differencesOf(bench, pair.before, pair.after),
        ...unknownKeywords(scans.before, scans.after).map(atRoot),
      ];
  const isFragile = (sender: Side): boolean => scans[otherSide(sender)].isFragile;
  return directions.flatMap((direction) =>
    judged(bench, pair, direction, { differences, isUnreadable, isFragile }),
  );
}

function atRoot(difference: Difference): Found {
  return foundAt(noteOf(difference), new Site());
}

/** What is known of a pair before anybody says who sends. */
interface Seen {
  readonly differences: readonly Found[];
  readonly isUnreadable: boolean;
  /** Whether a receiver may find, once it has left out what it does not declare, that the rest breaks a rule. */
  readonly isFragile: (sender: Side) => boolean;
}

function judged(
  bench: Workbench,
  pair: MessagePair,
  direction: Direction,
  { differences, isUnreadable, isFragile }: Seen,
): Change[] {
  const isFromOld = direction === "old-client-new-server" ? pair.isRequest : !pair.isRequest;
  const sender: Side = isFromOld ? "before" : "after";
  const { before, after, isRequest } = pair;
  const tell = (found: Found, judgement: Judgement): Change =>
    changeOf(pair, { direction, sender }, found, judgement);
  if (isUnreadable)
    return differences.map((found) =>
      tell(found, { verdict: "undecided", reason: found.note.difference.undecided ?? "" }),
    );
  if (differences.length === 0 && bench.search.same.holds(before, after)) return [];
  const judge = new Judge(bench, { before, after, sender, isRequest });
  const changes = differences.map((found) => tell(found, judge.of(found)));
  if (changes.some(({ verdict }) => verdict === "breaking")) return changes;
  const whole = judge.whole();
  const isExplained = changes.some(({ verdict }) => verdict === whole.verdict);
  const rest = atRoot({ rule: unexplained(pair), place: [], demand: {} });
  const shock = isFragile(sender) ? judge.shock() : undefined;
  if (shock !== undefined) return [...changes, tell(rest, shock)];
  const isTold = whole.verdict !== "compatible" || isExplainedLoss(changes);
  const loss = isTold ? undefined : judge.loss();
  if (loss !== undefined) return [...changes, tell(rest, loss)];
  if (whole.verdict === "compatible" || isExplained) return changes;
  return [...changes, tell(rest, whole)];
}

function isExplainedLoss(changes: readonly Change[]): boolean {
  return changes.some(({ verdict }) => verdict === "lossy");
}

/** What a break is called that no single difference explains. */
function unexplained({ position }: MessagePair): RuleId {
  if (position === "item") return "stream-item-changed";
  return position === "error" ? "error-payload-changed" : "values-changed";
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
