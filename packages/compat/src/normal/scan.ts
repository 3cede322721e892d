/** Walks everything that a schema can reach, and collects what cannot be read or not be compared. */
import type { Facts, Fault, Opaque } from "./facts.ts";
import { isFragile } from "./fragile.ts";
import type { SchemaNode, Space } from "./node.ts";

/** What a walk found. */
export interface Scan {
  readonly faults: readonly Fault[];
  readonly opaque: ReadonlyMap<string, Opaque>;
  /** Whether a receiver's rule may depend on what it leaves out. */
  readonly isFragile: boolean;
}

/** Looks at every schema that the given one can reach, each once. `clean`: those that were found in order before. */
export function scan(start: SchemaNode, space: Space, clean: Set<SchemaNode>): Scan {
  const faults: Fault[] = [];
  const opaque = new Map<string, Opaque>();
  let fragile = false;
  const first = space.canonical(start);
  const seen = new Set(clean.has(first) ? [] : [first]);
  // A set is walked in the order in which it grows.
  for (const node of seen) {
    const facts = space.factsOf(node);
    faults.push(...facts.faults);
    fragile ||= isFragile(facts);
    for (const keyword of facts.opaque) opaque.set(keyword.key, keyword);
    for (const inner of [...inPlace(facts), ...partsOf(facts)]) {
      const part = space.canonical(inner);
      if (!clean.has(part)) seen.add(part);
    }
  }
  const circular = circle(seen, space);
  if (circular !== undefined) {
    const reason =
      "This schema refers to itself without any structure in between, so it says nothing.";
    faults.push({ path: circular.path, keyword: "$ref", reason });
  }
  if (faults.length + opaque.size === 0 && !fragile) for (const node of seen) clean.add(node);
  return { faults, opaque, isFragile: fragile };
}

/** The schemas that look at the same value as the one that names them. */
function inPlace(facts: Facts): SchemaNode[] {
  return [
    ...facts.all,
    ...facts.any.flat(),
    ...facts.one.flat(),
    ...facts.not,
    ...facts.conditions.flatMap(({ test, then, else: otherwise }) => [
      test,
      ...(then ? [then] : []),
      ...(otherwise ? [otherwise] : []),
    ]),
  ];
}

/** The schemas that look at a part of the value. */
function partsOf({ array, object }: Facts): SchemaNode[] {
  return [
    ...(array?.prefix ?? []),
    ...(array?.rest ? [array.rest] : []),
    ...(array?.contains ? [array.contains.node] : []),
    ...(object?.properties.values() ?? []),
    ...(object?.patterns.map(([, node]) => node) ?? []),
    ...(object?.rest ? [object.rest] : []),
    ...(object?.names ? [object.names] : []),
  ];
}

/** A schema that looks at its own value again, if there is one. */
function circle(nodes: ReadonlySet<SchemaNode>, space: Space): SchemaNode | undefined {
  const done = new Set<SchemaNode>();
  for (const start of nodes) {
    const path = new Set<SchemaNode>();
    const stack: { node: SchemaNode; isLeaving: boolean }[] = [{ node: start, isLeaving: false }];
    for (let step = stack.pop(); step !== undefined; step = stack.pop()) {
      const { node, isLeaving } = step;
      if (isLeaving) {
        path.delete(node);
        done.add(node);
        continue;
      }
      if (path.has(node)) return node;
      if (done.has(node)) continue;
      path.add(node);
      stack.push({ node, isLeaving: true });
      for (const inner of inPlace(space.factsOf(node)))
        stack.push({ node: space.canonical(inner), isLeaving: false });
    }
  }
  return undefined;
}
