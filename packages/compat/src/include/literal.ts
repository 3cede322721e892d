/** What a value is asked to do with one schema: be emitted, be accepted, be refused, or not be emitted by it. */
import type { SchemaNode, Space } from "../normal/node.ts";

/**
 * A schema and a stance, as one number.
 *
 * `emitted`: valid, and every property is a declared one (the sender). `accepted`: valid, as the schema is
 * written (the receiver). `refused`: not valid. `altered`: not emitted, so a receiver of the schema refuses it or
 * drops a part of it. `shown`: as a condition of the sender has it. What a condition says of an object's properties
 * declares them, and does not close the object: it is not where the object is described. `shaken`: once a
 * receiver has left out what the schema does not declare, a rule of it may hold no longer.
 */
export type Literal = number;

/** What a value must do with a schema. */
export type Stance = "accepted" | "emitted" | "refused" | "altered" | "shown" | "shaken";

const stances = ["accepted", "emitted", "refused", "altered", "shown", "shaken"] as const;

/** Stances of one schema take so many numbers. */
const room = 8;

/** The literal that asks a value to be accepted by a schema as it is written. */
export function accepted(node: SchemaNode): Literal {
  return node.meaning * room;
}

/** The literal that asks a value to be one that a sender of the schema may emit. */
export function emitted(node: SchemaNode): Literal {
  return node.meaning * room + 1;
}

/** The literal that asks a value to be refused by the schema. */
export function refused(node: SchemaNode): Literal {
  return node.meaning * room + 2;
}

/** The literal that asks a value to be refused by a schema, or to hold more than it declares. */
export function altered(node: SchemaNode): Literal {
  return node.meaning * room + 3;
}

/** The literal of a schema that a sender's condition speaks of. */
export function shown(node: SchemaNode): Literal {
  return node.meaning * room + 4;
}

/** The literal that asks a value to be one of which a receiver leaves out what a rule of it may need. */
export function shaken(node: SchemaNode): Literal {
  return node.meaning * room + 5;
}

/** Whether a literal asks a value not to fit. */
export function isNegative(literal: Literal): boolean {
  return !["accepted", "emitted", "shown"].includes(stanceOf(literal));
}

/** The literal of a value that does not do what one asks with a schema as it is written. */
export function negated(literal: Literal): Literal {
  return stanceOf(literal) === "refused" ? literal - 2 : literal - (literal % room) + 2;
}

export function stanceOf(literal: Literal): Stance {
  return stances[literal % room] ?? "refused";
}

export function nodeOf(literal: Literal, space: Space): SchemaNode {
  return space.node(Math.floor(literal / room));
}

/** The same positive stance towards another schema of the same value. */
export function alike(literal: Literal, node: SchemaNode): Literal {
  return node.meaning * room + (literal % room);
}

/** The stance towards a schema that is one because a condition says so. */
export function behindCondition(literal: Literal, node: SchemaNode): Literal {
  return declaresFor(literal) ? shown(node) : accepted(node);
}

/** The stance towards a part of the value: parts of what is emitted are emitted. */
export function ofPart(literal: Literal, node: SchemaNode): Literal {
  return declaresFor(literal) ? emitted(node) : accepted(node);
}

/** Whether a literal speaks for the sender: what its schema declares may be sent. */
export function declaresFor(literal: Literal): boolean {
  const stance = stanceOf(literal);
  return stance === "emitted" || stance === "shown";
}

/** A question: is there a value that does everything asked here? */
export type Goal = readonly Literal[];

/** The same question in its one form: sorted, without repetition. */
export function goal(...literals: readonly Literal[]): Goal {
  const [first, second] = literals;
  if (first === undefined || second === undefined) return literals;
  if (literals.length === 2 && first !== second) return first < second ? literals : [second, first];
  return [...new Set(literals)].toSorted((left, right) => left - right);
}

/** Equal for equal questions. Most have two literals, and a number is found sooner than a text. */
export function keyOf(asked: Goal): number | string {
  const [first = 0, second] = asked;
  const most = 0x4000000;
  return asked.length === 2 && second !== undefined && second < most
    ? first * most + second
    : asked.join();
}
