/** Writes a judged difference as the change that every format prints. */
import type { RuleId } from "../rule/rules.ts";
import { draftOf, type Found } from "./account.ts";
import type { Change, Direction } from "./change.ts";
import type { Side } from "./difference.ts";
import type { Judgement } from "./judge.ts";
import { messageOf } from "./message.ts";
import type { MessagePair } from "./message-pair.ts";

/** Who talks to whom, and with that which side of a pair is the sender's. */
export interface Crossed {
  readonly direction: Direction;
  readonly sender: Side;
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** The change that a difference is in one direction. */
export function changeOf(
  pair: MessagePair,
  { direction, sender }: Crossed,
  found: Found,
  judgement: Judgement,
): Change {
  const rule = ruleOf(found, pair);
  const { verdict } = judgement;
  const { position, procedure, error } = pair;
  // The order of the members is the one in which they are printed.
  const change: Writable<Change> = {
    rule,
    path: `${found.site.path}${found.note.path}`,
    position,
    direction,
    ...(procedure !== undefined && { procedure }),
    ...(error !== undefined && { error }),
    verdict,
    message: sentence(pair, direction, { ...found, rule }, judgement),
  };
  if ("witness" in judgement) change.witness = judgement.witness;
  if (verdict !== "breaking" && verdict !== "lossy") return change;
  const draft = draftOf(found);
  const steps = sender === "before" ? draft?.toAfter : draft?.toBefore;
  if (steps !== undefined && steps.length > 0) change.adapter = steps;
  return change;
}

/** The sentence of a difference. Many messages contain the same one, and say the same of it. */
function sentence(
  { position, isRequest }: MessagePair,
  direction: Direction,
  { note, rule, facts }: Found,
  { verdict, reason }: Judgement,
): string {
  const told = { rule, facts, position, direction, isRequest, verdict, reason };
  if (reason !== undefined || facts !== note.difference.facts) return messageOf(told);
  const key = `${rule} ${position} ${isRequest} ${direction} ${verdict}`;
  const known = note.told.get(key) ?? messageOf(told);
  note.told.set(key, known);
  return known;
}

/** A further variant of what a server streams is an event that it may push. */
function ruleOf({ rule, note, site }: Found, { position, isRequest }: MessagePair): RuleId {
  const isEvent =
    rule === "variant-added" &&
    position === "item" &&
    !isRequest &&
    site.depth + note.difference.place.length === 0;
  return isEvent ? "pushed-event-added" : rule;
}
