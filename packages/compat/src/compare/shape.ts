/** What a schema says about one kind of value, with everything that is applied in place put together. */
import type { Branch } from "../include/branch.ts";
import { variantsOf } from "../include/splitter.ts";
import { schemasFor } from "../include/object-facts.ts";
import type { ArrayFacts, NumberFacts, ObjectFacts, StringFacts } from "../normal/facts.ts";
import type { SchemaNode, Space } from "../normal/node.ts";
import { type Kind, type Scalar, textOf } from "../normal/value.ts";

/** One variant of a kind: a branch without choices. */
export interface Variant {
  readonly kind: Kind;
  readonly branch: Branch;
  readonly values?: readonly Scalar[];
  readonly numbers: readonly NumberFacts[];
  readonly strings: readonly StringFacts[];
  readonly arrays: readonly ArrayFacts[];
  readonly objects: readonly ObjectFacts[];
  readonly names: ReadonlySet<string>;
  /** Whether its schemas apply without any choice, condition or negation. */
  readonly isPlain: boolean;
  /** Whether, besides, what its parts must be does not depend on each other. */
  readonly isSeparable: boolean;
  /** The schemas of its properties, as far as anybody asked. */
  readonly asked: Map<string, SchemaNode | undefined>;
  /** A schema that this variant's own assertions make up. */
  readonly node: SchemaNode;
}

/** More variants than this are not told apart in a report; the verdict does not depend on it. */
const mostVariants = 256;

/** All variants of a schema, by kind. */
export function shapeOf(node: SchemaNode, space: Space): ReadonlyMap<Kind, readonly Variant[]> {
  const shape = new Map<Kind, readonly Variant[]>();
  for (const kind of space.kinds) {
    const variants: Variant[] = [];
    for (const branch of variantsOf(node, kind, space)) {
      variants.push(variantOf(branch, node, space));
      if (variants.length >= mostVariants) break;
    }
    if (variants.length > 0) shape.set(kind, listedTogether(variants));
  }
  return shape;
}

function variantOf(branch: Branch, whole: SchemaNode, space: Space): Variant {
  const facts = branch.members.map(({ node }) => space.factsOf(node));
  const nodes = branch.members.map(({ node }) => node);
  return {
    kind: branch.kind,
    branch,
    ...(branch.values && { values: branch.values }),
    numbers: facts.flatMap(({ number }) => number ?? []),
    strings: facts.flatMap(({ string }) => string ?? []),
    arrays: facts.flatMap(({ array }) => array ?? []),
    objects: facts.flatMap(({ object }) => object ?? []),
    names: new Set(
      facts.flatMap(({ object }) =>
        object ? [...object.properties.keys(), ...object.required] : [],
      ),
    ),
    ...separation(whole, space),
    asked: new Map(),
    node: nodes.length > 0 ? whole.document.allOf(nodes) : whole,
  };
}

function separation(whole: SchemaNode, space: Space): Pick<Variant, "isPlain" | "isSeparable"> {
  const nodes = new Set([whole]);
  let isSeparable = true;
  for (const node of nodes) {
    const { all, any, one, not, conditions, opaque, array } = space.factsOf(node);
    if (any.length + one.length + not.length + conditions.length > 0)
      return { isPlain: false, isSeparable: false };
    if (opaque.length > 0 || array?.unique === true || array?.contains !== undefined)
      isSeparable = false;
    for (const inner of all) nodes.add(inner);
  }
  return { isPlain: true, isSeparable };
}

/** Variants that only list values are one list: an enum and a union of literals are the same. */
function listedTogether(variants: readonly Variant[]): readonly Variant[] {
  const listed = variants.filter(({ values }) => values !== undefined);
  const [first] = listed;
  if (first === undefined) return variants;
  const values = new Map(
    listed.flatMap((variant) => variant.values ?? []).map((value) => [textOf(value), value]),
  );
  const others = variants.filter((variant) => variant.values === undefined);
  return [...others, { ...first, values: [...values.values()] }];
}

/** The schema of one property in all members together; undefined where nobody speaks of it. */
export function propertyNode(variant: Variant, name: string): SchemaNode | undefined {
  if (variant.asked.has(name)) return variant.asked.get(name);
  const nodes = variant.objects.flatMap((facts) =>
    schemasFor(facts, name).nodes.flatMap((node) => node ?? []),
  );
  const node = together(nodes);
  variant.asked.set(name, node);
  return node;
}

/** Whether any member declares a property by name, or by a pattern. */
export function declares(variant: Variant, name: string): boolean {
  return variant.objects.some((facts) => schemasFor(facts, name).isNamed);
}

/** Whether an object keeps names that it does not declare: it has no shape, or says so. */
export function keepsOthers(variant: Variant): boolean {
  if (!variant.objects.some((facts) => facts.declares)) return true;
  return variant.objects.some((facts) => facts.rest !== undefined && facts.rest.raw !== false);
}

/** All names that an object declares. */
export function namesOf(variant: Variant): ReadonlySet<string> {
  return variant.names;
}

/** Whether a property must be there. */
export function isRequired(variant: Variant, name: string): boolean {
  return variant.objects.some((facts) => facts.required.has(name));
}

/** The patterns of an object's names, with the schema of each. */
export function patternsOf(variant: Variant): ReadonlyMap<string, SchemaNode> {
  const patterns = new Map<string, SchemaNode[]>();
  for (const [pattern, node] of variant.objects.flatMap((facts) => facts.patterns)) {
    patterns.set(pattern, [...(patterns.get(pattern) ?? []), node]);
  }
  return new Map(
    [...patterns].flatMap(([pattern, nodes]) => {
      const node = together(nodes);
      return node ? [[pattern, node] as const] : [];
    }),
  );
}

/** The schema of every other property. */
export function restOf(variant: Variant): SchemaNode | undefined {
  return together(variant.objects.flatMap((facts) => facts.rest ?? []));
}

/** The schema of one element. */
export function elementNode(variant: Variant, index: number): SchemaNode | undefined {
  return together(
    variant.arrays.flatMap(
      (facts) => (index < facts.prefix.length ? facts.prefix[index] : facts.rest) ?? [],
    ),
  );
}

/** The schema that accepts everything: what a side says where it says nothing. */
export function anyNode(variant: Variant): SchemaNode {
  return variant.node.document.make("true", true);
}

/** How many elements have a schema of their own. */
export function prefixOf(variant: Variant): number {
  return Math.max(0, ...variant.arrays.map(({ prefix }) => prefix.length));
}

/** One schema for several that must hold at once. */
export function together(nodes: readonly SchemaNode[]): SchemaNode | undefined {
  const [first] = nodes;
  return first?.document.allOf([...new Set(nodes)]);
}
