/** Whether two schemas say the same about values, whatever their texts, names and places. */
import type { ArrayFacts, Facts, NumberFacts, ObjectFacts, StringFacts } from "./facts.ts";
import { pairKey, type SchemaNode, type Space } from "./node.ts";
import { compareRatios, type Ratio } from "./ratio.ts";
import { textOf } from "./value.ts";

/** Deeper pairs count as different, which costs a comparison and never a wrong answer. */
const deepest = 400;

type Pair = readonly [left: SchemaNode | undefined, right: SchemaNode | undefined];

/** Remembers which schemas are the same. */
export class Sameness {
  readonly #space: Space;
  readonly #known = new Map<number, boolean>();
  readonly #assumed = new Set<number>();
  #depth = 0;

  constructor(space: Space) {
    this.#space = space;
  }

  /** Pairs that are met again while they are compared are taken as equal: nothing finite can tell them apart. */
  holds(left: SchemaNode, right: SchemaNode): boolean {
    if (left.meaning === right.meaning) return true;
    const key = pairKey(left, right);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#assumed.has(key)) return true;
    if (this.#depth >= deepest) return false;
    this.#depth += 1;
    this.#assumed.add(key);
    const same = this.#compare(this.#space.factsOf(left), this.#space.factsOf(right));
    this.#depth -= 1;
    if (!same) this.#known.set(key, false);
    if (this.#depth > 0) return same;
    // Only now does nothing lean on an open pair.
    if (same) for (const assumed of this.#assumed) this.#known.set(assumed, true);
    this.#assumed.clear();
    return same;
  }

  #compare(left: Facts, right: Facts): boolean {
    if (left.faults.length + right.faults.length > 0) return false;
    return (
      sameTexts([...left.kinds], [...right.kinds]) &&
      sameTexts(left.values?.map(textOf), right.values?.map(textOf)) &&
      sameNumber(left.number, right.number) &&
      sameString(left.string, right.string) &&
      sameTexts(
        left.opaque.map(({ key }) => key),
        right.opaque.map(({ key }) => key),
      ) &&
      this.#array(left.array, right.array) &&
      this.#object(left.object, right.object) &&
      this.#applied(left, right)
    );
  }

  #applied(left: Facts, right: Facts): boolean {
    return (
      this.#lists(left.all, right.all) &&
      this.#lists(left.any.flat(), right.any.flat()) &&
      left.any.length === right.any.length &&
      left.any.every((options, index) => options.length === right.any[index]?.length) &&
      this.#lists(left.one.flat(), right.one.flat()) &&
      left.one.length === right.one.length && // one of no schemas is not the same as no choice
      this.#lists(left.not, right.not) &&
      left.conditions.length === right.conditions.length &&
      left.conditions.every((condition, index) => {
        const other = right.conditions[index];
        return (
          condition.isDependency === other?.isDependency &&
          this.#pairs(
            [condition.test, other?.test],
            [condition.then, other?.then],
            [condition.else, other?.else],
          )
        );
      })
    );
  }

  #array(left: ArrayFacts | undefined, right: ArrayFacts | undefined): boolean {
    if (left === undefined || right === undefined) return left === right;
    return (
      left.min === right.min &&
      left.max === right.max &&
      left.unique === right.unique &&
      left.contains?.min === right.contains?.min &&
      left.contains?.max === right.contains?.max &&
      this.#lists(left.prefix, right.prefix) &&
      this.#pairs([left.rest, right.rest], [left.contains?.node, right.contains?.node])
    );
  }

  #object(left: ObjectFacts | undefined, right: ObjectFacts | undefined): boolean {
    if (left === undefined || right === undefined) return left === right;
    const patterns = new Map(right.patterns);
    return (
      left.min === right.min &&
      left.max === right.max &&
      left.declares === right.declares &&
      sameTexts([...left.required], [...right.required]) &&
      sameTexts([...left.named], [...right.named]) &&
      left.properties.size === right.properties.size &&
      left.patterns.length === right.patterns.length &&
      this.#pairs(
        [left.rest, right.rest],
        [left.names, right.names],
        ...[...left.properties].map(([name, node]): Pair => [node, right.properties.get(name)]),
        ...left.patterns.map(([pattern, node]): Pair => [node, patterns.get(pattern)]),
      )
    );
  }

  #lists(left: readonly SchemaNode[], right: readonly SchemaNode[]): boolean {
    return (
      left.length === right.length &&
      this.#pairs(...left.map((node, index): Pair => [node, right[index]]))
    );
  }

  #pairs(...pairs: readonly Pair[]): boolean {
    const whole = pairs.every(([left, right]) => (left === undefined) === (right === undefined));
    return (
      whole &&
      pairs.every(
        ([left, right]) => left === undefined || right === undefined || this.holds(left, right),
      )
    );
  }
}

function sameTexts(
  left: readonly string[] | undefined,
  right: readonly string[] | undefined,
): boolean {
  if (left === undefined || right === undefined) return left === right;
  const other = new Set(right);
  return new Set(left).size === other.size && left.every((text) => other.has(text));
}

function sameRatio(left: Ratio | undefined, right: Ratio | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return compareRatios(left, right) === 0;
}

function sameNumber(left: NumberFacts | undefined, right: NumberFacts | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return (
    sameRatio(left.min, right.min) &&
    sameRatio(left.max, right.max) &&
    left.minExclusive === right.minExclusive &&
    left.maxExclusive === right.maxExclusive &&
    left.steps.length === right.steps.length &&
    left.steps.every((step, index) => sameRatio(step, right.steps[index]))
  );
}

function sameString(left: StringFacts | undefined, right: StringFacts | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return (
    left.min === right.min &&
    left.max === right.max &&
    sameTexts(left.patterns, right.patterns) &&
    sameTexts(left.formats, right.formats)
  );
}
