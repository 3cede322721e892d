/** Differences that no message can notice: texts, hints, order, names of definitions, and ways to write the same. */
import { accepted, refused } from "../include/literal.ts";
import type { Search } from "../include/search.ts";
import type { SchemaNode } from "../normal/node.ts";
import { isRecord, textOf } from "../normal/value.ts";
import type { RuleId } from "../rule/rules.ts";
import type { Difference } from "./difference.ts";

type Raw = Readonly<Record<string, unknown>>;

const hints: readonly (readonly [rule: RuleId, keywords: readonly string[]])[] = [
  ["text-changed", ["title", "description", "examples", "example", "$comment", "$id", "id"]],
  ["access-hint-changed", ["readOnly", "writeOnly"]],
  ["content-hint-changed", ["contentEncoding", "contentMediaType", "contentSchema"]],
  ["property-deprecated", ["deprecated"]],
];

/** A change of writing, and what fills its title. */
export type Spelling = Pick<Difference, "rule" | "facts">;

/** What changed in the writing of one schema, and in nothing that it says. */
export function spellingDifferences(
  search: Search,
  before: SchemaNode,
  after: SchemaNode,
): readonly Spelling[] {
  const [left, right] = [before.raw, after.raw];
  if (!isRecord(left) || !isRecord(right) || left === right) return [];
  const found: Spelling[] = hints
    .filter(([, keywords]) => keywords.some((keyword) => !isEqual(left, right, keyword)))
    .map(([rule]) => ({ rule }));
  if (!isEqual(left, right, "default")) {
    const facts = { before: textAt(left, "default"), after: textAt(right, "default") };
    found.push({ rule: "default-changed", facts });
  }
  if (referenceOf(left) !== referenceOf(right)) found.push({ rule: "definition-renamed" });
  const respelled = respellings.filter(([, isOne]) => isOne(left, right));
  if (respelled.length > 0 && isEquivalent(search, before, after))
    found.push(...respelled.map(([rule]) => ({ rule })));
  return found;
}

type Respelling = readonly [rule: RuleId, isOne: (left: Raw, right: Raw) => boolean];

const respellings: readonly Respelling[] = [
  ["property-order-changed", (left, right) => isReordered(left, right, "properties")],
  ["enum-reordered", (left, right) => isReordered(left, right, "enum")],
  [
    "enum-respelled",
    (left, right) => isOnOneSide(left, right, "enum") && !isOnOneSide(left, right, "type"),
  ],
  [
    "variants-reordered",
    (left, right) => isReordered(left, right, "anyOf") || isReordered(left, right, "oneOf"),
  ],
  [
    "union-respelled",
    (left, right) => isOnOneSide(left, right, "oneOf") && isOnOneSide(left, right, "anyOf"),
  ],
  ["intersection-flattened", (left, right) => isOnOneSide(left, right, "allOf")],
];

/** Whether both schemas accept the same values. */
function isEquivalent(search: Search, before: SchemaNode, after: SchemaNode): boolean {
  if (search.same.holds(before, after)) return true;
  const isPart = (one: SchemaNode, other: SchemaNode): boolean =>
    search.find(accepted(one), refused(other)).found === "nothing";
  return isPart(before, after) && isPart(after, before);
}

function isOnOneSide(left: Raw, right: Raw, keyword: string): boolean {
  return Object.hasOwn(left, keyword) !== Object.hasOwn(right, keyword);
}

function isEqual(left: Raw, right: Raw, keyword: string): boolean {
  return left[keyword] === right[keyword] || textAt(left, keyword) === textAt(right, keyword);
}

function textAt(raw: Raw, keyword: string): string {
  return Object.hasOwn(raw, keyword) ? textOf(raw[keyword]) : "none";
}

function referenceOf(raw: Raw): unknown {
  return Object.hasOwn(raw, "$ref") ? raw["$ref"] : undefined;
}

/** Whether the same members stand in another order. */
function isReordered(left: Raw, right: Raw, keyword: string): boolean {
  const [was, is] = [membersOf(left, keyword), membersOf(right, keyword)];
  if (was === undefined || is === undefined || was.length !== is.length) return false;
  const all = new Set(was);
  return is.every((member) => all.has(member)) && was.some((member, index) => member !== is[index]);
}

function membersOf(raw: Raw, keyword: string): readonly string[] | undefined {
  const value = Object.hasOwn(raw, keyword) ? raw[keyword] : undefined;
  if (Array.isArray(value)) return value.map(textOf);
  return isRecord(value) ? Object.keys(value) : undefined;
}
