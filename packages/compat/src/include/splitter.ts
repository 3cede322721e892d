/**
 * Splits a question into branches without choices, one kind of value at a time.
 *
 * References, intersections, unions, negations and conditions disappear here; what is left of each schema are
 * its assertions about one kind, to be met or to be broken.
 */
import type { Facts, Opaque } from "../normal/facts.ts";
import type { SchemaNode, Space } from "../normal/node.ts";
import { kindOf, type Kind, type Scalar, textOf } from "../normal/value.ts";
import { optionsOf } from "./declaration.ts";
import { alterations, type Option, shocks } from "./option.ts";
import {
  accepted,
  alike,
  altered,
  behindCondition,
  emitted,
  type Goal,
  type Literal,
  nodeOf,
  refused,
  shown,
  stanceOf,
} from "./literal.ts";
import type { Branch, Broken, Member } from "./branch.ts";

/** All branches of a question for one kind. */
export function* branchesOf(asked: Goal, kind: Kind, space: Space): Generator<Branch> {
  yield* new Splitter(kind, space, true).run(asked);
}

/** The variants of a schema for one kind, as if its conditions were not there. */
export function* variantsOf(node: SchemaNode, kind: Kind, space: Space): Generator<Branch> {
  yield* new Splitter(kind, space, false).run([accepted(node)]);
}

const positives = [accepted, emitted, shown] as const;

class Splitter {
  readonly #kind: Kind;
  readonly #space: Space;
  readonly #seen = new Set<Literal>();
  readonly #members: Member[] = [];
  readonly #broken: Broken[] = [];
  #values: readonly Scalar[] | undefined;
  #excluded: readonly Scalar[] = [];
  readonly #held: Opaque[] = [];
  readonly #lacked: Opaque[] = [];
  readonly #choices: (readonly Option[])[] = [];

  readonly #splitsConditions: boolean;

  constructor(kind: Kind, space: Space, splitsConditions: boolean) {
    this.#kind = kind;
    this.#space = space;
    this.#splitsConditions = splitsConditions;
  }

  /** The same state, to go on in another direction. */
  #fork(): Splitter {
    const next = new Splitter(this.#kind, this.#space, this.#splitsConditions);
    for (const literal of this.#seen) next.#seen.add(literal);
    next.#members.push(...this.#members);
    next.#broken.push(...this.#broken);
    next.#values = this.#values;
    next.#excluded = this.#excluded;
    next.#held.push(...this.#held);
    next.#lacked.push(...this.#lacked);
    next.#choices.push(...this.#choices);
    return next;
  }

  *run(literals: readonly Literal[]): Generator<Branch> {
    for (const literal of literals) if (!this.#add(literal)) return;
    if (this.#contradicts()) return;
    // The choice with the fewest options first: it closes dead branches soonest.
    const choice = this.#choices.toSorted((left, right) => left.length - right.length)[0];
    if (choice === undefined) {
      yield this.#branch();
      return;
    }
    this.#choices.splice(this.#choices.indexOf(choice), 1);
    for (const option of choice) {
      const next = this.#fork();
      if (option.broken) next.#broken.push(option.broken);
      if (option.excluded) next.#excluded = [...next.#excluded, ...option.excluded];
      if (option.lacked) next.#lacked.push(option.lacked);
      if (option.choices && !option.choices.every((further) => next.#choose(further))) continue;
      yield* next.run(option.literals);
    }
  }

  /** Takes in one literal; false when no value of the kind can satisfy it beside the others. */
  #add(literal: Literal): boolean {
    if (this.#seen.has(literal)) return true;
    this.#seen.add(literal);
    const node = nodeOf(literal, this.#space);
    const facts = this.#space.factsOf(node);
    if (stanceOf(literal) === "refused") return this.#refuse(node, facts);
    if (stanceOf(literal) === "altered") return this.#alter(node, facts);
    // What is left out altogether shakes nothing.
    if (stanceOf(literal) === "shaken")
      return facts.kinds.has(this.#kind) && this.#choose(shocks(node, this.#kind, this.#space));
    if (this.#seen.has(refused(node))) return false;
    return this.#accept(literal, node, facts);
  }

  #accept(literal: Literal, node: SchemaNode, facts: Facts): boolean {
    if (!facts.kinds.has(this.#kind)) return false;
    if (facts.values !== undefined && !this.#narrow(this.#ofKind(facts.values))) return false;
    if (this.#asserts(facts)) this.#members.push({ node, literal });
    this.#held.push(...this.#opaqueOf(facts));
    for (const options of facts.any) {
      this.#choices.push(options.map((option) => ({ literals: [alike(literal, option)] })));
    }
    for (const options of facts.one) {
      this.#choices.push(
        options.map((option) => ({
          literals: [
            alike(literal, option),
            ...options.filter((other) => other !== option).map(refused),
            // The same schema twice: both match, so neither may.
            ...(options.filter((other) => other === option).length > 1 ? [refused(option)] : []),
          ],
        })),
      );
    }
    for (const condition of this.#splitsConditions ? facts.conditions : []) {
      const { test, then, else: otherwise } = condition;
      const behind = (each: SchemaNode): Literal =>
        condition.isDependency === true ? accepted(each) : behindCondition(literal, each);
      this.#choices.push([
        { literals: [test, ...(then ? [then] : [])].map(behind) },
        { literals: [refused(test), ...(otherwise ? [behind(otherwise)] : [])] },
      ]);
    }
    return (
      facts.not.every((inner) => this.#add(refused(inner))) &&
      facts.all.every((inner) => this.#add(alike(literal, inner)))
    );
  }

  #refuse(node: SchemaNode, facts: Facts): boolean {
    if (!facts.kinds.has(this.#kind)) return true;
    if (positives.some((stance) => this.#seen.has(stance(node)))) return false;
    const options: Option[] = [];
    if (facts.values !== undefined) {
      const values = this.#ofKind(facts.values);
      if (values.length === 0) return true;
      options.push({ literals: [], excluded: values });
    }
    if (this.#asserts(facts)) options.push({ literals: [], broken: { facts, negate: refused } });
    for (const lacked of this.#opaqueOf(facts)) options.push({ literals: [], lacked });
    for (const inner of facts.all) options.push({ literals: [refused(inner)] });
    for (const inner of facts.not) options.push({ literals: [accepted(inner)] });
    for (const inner of facts.any) options.push({ literals: inner.map(refused) });
    for (const inner of facts.one) options.push({ literals: inner.map(refused) }, ...pairs(inner));
    for (const { test, then, else: otherwise } of facts.conditions) {
      if (then) options.push({ literals: [accepted(test), refused(then)] });
      if (otherwise) options.push({ literals: [refused(test), refused(otherwise)] });
    }
    return this.#choose(options);
  }

  #alter(node: SchemaNode, facts: Facts): boolean {
    if (!facts.kinds.has(this.#kind)) return true;
    const union = optionsOf(node, this.#space);
    if (union !== undefined) return union.every((option) => this.#add(altered(option)));
    return this.#choose(alterations(node, this.#kind, this.#space));
  }

  #choose(options: readonly Option[]): boolean {
    const [only] = options;
    if (only === undefined) return false;
    if (options.length > 1) {
      this.#choices.push(options);
      return true;
    }
    if (only.broken) this.#broken.push(only.broken);
    if (only.excluded) this.#excluded = [...this.#excluded, ...only.excluded];
    if (only.lacked) this.#lacked.push(only.lacked);
    if (only.choices && !only.choices.every((further) => this.#choose(further))) return false;
    return only.literals.every((literal) => this.#add(literal));
  }

  #narrow(values: readonly Scalar[]): boolean {
    const known = this.#values;
    this.#values =
      known?.filter((value) => values.some((other) => textOf(other) === textOf(value))) ?? values;
    return this.#values.length > 0;
  }

  #ofKind(values: readonly Scalar[]): readonly Scalar[] {
    return values.filter((value) => kindOf(value) === this.#kind);
  }

  #asserts(facts: Facts): boolean {
    const kind = this.#kind;
    if (kind !== "number" && kind !== "string" && kind !== "array" && kind !== "object")
      return false;
    return facts[kind] !== undefined;
  }

  #opaqueOf(facts: Facts): readonly Opaque[] {
    return facts.opaque.filter(({ kind }) => kind === undefined || kind === this.#kind);
  }

  #contradicts(): boolean {
    return this.#lacked.some(({ key }) => this.#held.some((held) => held.key === key));
  }

  #branch(): Branch {
    const excluded = new Set(this.#excluded.map(textOf));
    return {
      kind: this.#kind,
      members: this.#members,
      broken: [...new Set(this.#broken)],
      values: this.#values?.filter((value) => !excluded.has(textOf(value))),
      excluded: this.#excluded,
      held: this.#held,
      lacked: this.#lacked,
    };
  }
}

function pairs(nodes: readonly SchemaNode[]): Option[] {
  return nodes.flatMap((left, index) =>
    nodes.slice(index + 1).map((right) => ({ literals: [accepted(left), accepted(right)] })),
  );
}
