/** The ways in which an object can break a schema while it still meets others. */
import type { ObjectFacts } from "../normal/facts.ts";
import type { SchemaNode } from "../normal/node.ts";
import { freshNames } from "./fresh-name.ts";
import { type Literal, refused } from "./literal.ts";
import {
  isName,
  literalsFor,
  type ObjectGoal,
  withoutProperty,
  withProperty,
} from "./object-goal.ts";
import { schemasFor } from "./object-facts.ts";
import type { Outcome } from "./outcome.ts";
import type { Search } from "./search.ts";

/** An object schema to break, and how its parts are then asked about. */
export interface BrokenObject {
  readonly facts: ObjectFacts;
  readonly negate: (part: SchemaNode) => Literal;
}

/** All ways to break one schema. With no way and no doubt, every such object meets it. */
export interface Ways<Goal> {
  /** Each makes its goal when it is tried: most never are. */
  readonly ways: readonly (() => Goal)[];
  /** What the ways that were ruled out lean on. */
  readonly low: number;
  readonly doubt?: Outcome;
}

/** The ways to break one object schema. `others`: all that are to be broken; `names`: all that any mentions. */
export function objectWays(
  search: Search,
  asked: ObjectGoal,
  broken: BrokenObject,
  others: readonly BrokenObject[],
  names: ReadonlySet<string>,
): Ways<ObjectGoal> {
  const { facts } = broken;
  const found = new Found(search, asked, broken);
  const schemas = others.map((other) => other.facts);
  const max = Math.min(asked.max, facts.min - 1);
  if (facts.min > 0 && asked.min <= max) found.ways.push(() => ({ ...asked, max }));
  const min = Math.max(asked.min, facts.max + 1);
  if (facts.max < asked.max && min <= asked.max) found.ways.push(() => ({ ...asked, min }));
  for (const name of facts.required) {
    if (!asked.required.has(name)) found.ways.push(() => withoutProperty(asked, name));
  }
  for (const name of new Set([...names, ...asked.extra.keys()])) found.tryName(name);
  if (facts.patterns.length > 0 || facts.rest !== undefined) {
    for (const fresh of freshNames(search, asked, schemas, names)) {
      if (typeof fresh === "string") found.tryName(fresh);
      else found.note(fresh);
    }
  }
  if (facts.names !== undefined) {
    for (const fresh of freshNames(search, asked, schemas, names, refused(facts.names))) {
      if (typeof fresh === "string") found.tryName(fresh);
      else found.note(fresh);
    }
  }
  return { ways: found.ways, low: found.low, ...(found.doubt && { doubt: found.doubt }) };
}

class Found {
  readonly ways: (() => ObjectGoal)[] = [];
  low = Infinity;
  doubt: Outcome | undefined;
  readonly #search: Search;
  readonly #asked: ObjectGoal;

  readonly #broken: BrokenObject;

  constructor(search: Search, asked: ObjectGoal, broken: BrokenObject) {
    this.#search = search;
    this.#asked = asked;
    this.#broken = broken;
  }

  /** Notes what stands in the way of a proof. */
  note(outcome: Outcome): void {
    if (outcome.found === "nothing") this.low = Math.min(this.low, outcome.low);
    else if (outcome.found === "doubt") this.doubt ??= outcome;
  }

  /** The ways to break a schema by what one property holds, or by its being there at all. */
  tryName(name: string): void {
    const { facts, negate } = this.#broken;
    const literals = literalsFor(this.#search, this.#asked, name);
    if (literals === undefined) return;
    for (const node of schemasFor(facts, name).nodes) {
      if (node !== undefined && node.raw !== true) this.#try(name, literals, negate(node));
    }
    if (
      facts.names !== undefined &&
      isName(this.#search, refused(facts.names), name).found !== "nothing"
    ) {
      this.#try(name, literals);
    }
  }

  #try(name: string, literals: readonly Literal[], ...more: readonly Literal[]): void {
    const outcome = this.#search.find(...literals, ...more);
    if (outcome.found === "nothing") this.note(outcome);
    else this.ways.push(() => withProperty(this.#asked, name, ...more));
  }
}
