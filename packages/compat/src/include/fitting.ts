/**
 * Whether one given value does what is asked: the same reading of schemas as in a search, without searching.
 *
 * What a value that is at hand does with one schema does not depend on the others, except for what is emitted: an
 * object is closed by everything that declares its properties together.
 */
import type { ArrayFacts, ObjectFacts } from "../normal/facts.ts";
import type { SchemaNode } from "../normal/node.ts";
import { isRecord, isScalar, kindOf, textOf } from "../normal/value.ts";
import type { Branch, Member } from "./branch.ts";
import { accepted, declaresFor, type Literal, ofPart, stanceOf } from "./literal.ts";
import { breaks, meets } from "./meets.ts";
import { schemasFor } from "./object-facts.ts";
import type { Search } from "./search.ts";
import { branchesOf } from "./splitter.ts";

/** Whether a value does all that is asked; undefined where that cannot be told, or where the search has no steps left. */
export function fits(
  search: Search,
  asked: readonly Literal[],
  value: unknown,
): boolean | undefined {
  const kind = kindOf(value);
  if (kind === undefined || !search.step()) return undefined;
  return any(branchesOf(asked, kind, search.space), (branch) => inBranch(search, branch, value));
}

function any<Item>(
  items: Iterable<Item>,
  holds: (item: Item) => boolean | undefined,
): boolean | undefined {
  let isUnsure = false;
  for (const item of items) {
    const answer = holds(item);
    if (answer === true) return true;
    isUnsure ||= answer === undefined;
  }
  return isUnsure ? undefined : false;
}

function every<Item>(
  items: Iterable<Item>,
  holds: (item: Item) => boolean | undefined,
): boolean | undefined {
  const not = any(items, (item) => negated(holds(item)));
  return negated(not);
}

function negated(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}

function inBranch(search: Search, branch: Branch, value: unknown): boolean | undefined {
  if (branch.lacked.length > 0) return undefined;
  if (isScalar(value)) {
    const text = textOf(value);
    const isListed = branch.values?.some((listed) => textOf(listed) === text) ?? true;
    if (!isListed || branch.excluded.some((excluded) => textOf(excluded) === text)) return false;
    if (!branch.members.every(({ node }) => meets(search.space.factsOf(node), value))) return false;
    return every(branch.broken, ({ facts }) => breaks(facts, value));
  }
  if (Array.isArray(value)) return isArray(search, branch, value);
  if (isRecord(value)) return isObject(search, branch, value);
  // Nothing is said of a value of the wire but its kind.
  return branch.broken.length === 0;
}

function isArray(
  search: Search,
  { members, broken }: Branch,
  value: readonly unknown[],
): boolean | undefined {
  const said = membersOf(search, members, "array");
  return every(
    [
      () => every(said, ({ facts }) => negated(isMiscounted(search, facts, value))),
      () =>
        every(value.keys(), (index) => {
          const asked = said.flatMap(({ facts, literal }) =>
            elementOf(facts, index).map((node) => ofPart(literal, node)),
          );
          return asked.length === 0 || fits(search, [...new Set(asked)], value[index]);
        }),
      () =>
        every(broken, ({ facts: { array: facts }, negate }) => {
          if (facts === undefined) return false;
          const isBroken = (index: number): boolean | undefined =>
            any(elementOf(facts, index), (node) => fits(search, [negate(node)], value[index]));
          return any(
            [() => isMiscounted(search, facts, value), () => any(value.keys(), isBroken)],
            (check) => check(),
          );
        }),
    ],
    (check) => check(),
  );
}

function elementOf({ prefix, rest }: ArrayFacts, index: number): readonly SchemaNode[] {
  const node = index < prefix.length ? prefix[index] : rest;
  return node === undefined ? [] : [node];
}

/** Whether an array has too few or too many elements, or of some. */
function isMiscounted(
  search: Search,
  { min, max, unique, contains }: ArrayFacts,
  value: readonly unknown[],
): boolean | undefined {
  if (value.length < min || value.length > max) return true;
  if (unique && new Set(value.map(textOf)).size < value.length) return true;
  if (contains === undefined) return false;
  const answers = value.map((element) => fits(search, [accepted(contains.node)], element));
  const least = answers.filter((answer) => answer === true).length;
  const most = answers.filter((answer) => answer !== false).length;
  if (most < contains.min || least > contains.max) return true;
  return least >= contains.min && most <= contains.max ? false : undefined;
}

function isObject(
  search: Search,
  { members, broken }: Branch,
  value: Readonly<Record<string, unknown>>,
): boolean | undefined {
  const said = membersOf(search, members, "object");
  const names = Object.keys(value);
  const isClosed = said.some(
    ({ facts, literal }) => facts.declares && stanceOf(literal) === "emitted",
  );
  const isDeclared = (name: string): boolean =>
    said.some(({ facts, literal }) => declaresFor(literal) && declares(facts, name));
  if (isClosed && !names.every(isDeclared)) return false;
  return every(
    [
      () => every(said, ({ facts }) => negated(isMisnamed(search, facts, value, names))),
      () =>
        every(names, (name) => {
          const asked = said.flatMap(({ facts, literal }) =>
            propertyOf(facts, name).map((node) =>
              isClosed || stanceOf(literal) !== "shown" ? ofPart(literal, node) : accepted(node),
            ),
          );
          return asked.length === 0 || fits(search, [...new Set(asked)], value[name]);
        }),
      () =>
        every(broken, ({ facts: { object: facts }, negate }) => {
          if (facts === undefined) return false;
          const isBroken = (name: string): boolean | undefined =>
            any(propertyOf(facts, name), (node) => fits(search, [negate(node)], value[name]));
          return any(
            [() => isMisnamed(search, facts, value, names), () => any(names, isBroken)],
            (check) => check(),
          );
        }),
    ],
    (check) => check(),
  );
}

function propertyOf(facts: ObjectFacts, name: string): readonly SchemaNode[] {
  return schemasFor(facts, name).nodes.flatMap((node) => node ?? []);
}

function declares(facts: ObjectFacts, name: string): boolean {
  return schemasFor(facts, name).isNamed || facts.rest !== undefined || facts.named.has(name);
}

/** Whether an object lacks a property, has too few or too many, or has one that may not be called so. */
function isMisnamed(
  search: Search,
  { required, min, max, names: called }: ObjectFacts,
  value: object,
  names: readonly string[],
): boolean | undefined {
  if (names.length < min || names.length > max) return true;
  for (const name of required) if (!Object.hasOwn(value, name)) return true;
  return called === undefined
    ? false
    : any(names, (name) => negated(fits(search, [accepted(called)], name)));
}

function membersOf<Key extends "array" | "object">(
  search: Search,
  members: readonly Member[],
  kind: Key,
): { facts: NonNullable<ReturnType<Search["space"]["factsOf"]>[Key]>; literal: Literal }[] {
  return members.flatMap(({ node, literal }) => {
    const facts = search.space.factsOf(node)[kind];
    return facts === undefined ? [] : [{ facts, literal }];
  });
}
