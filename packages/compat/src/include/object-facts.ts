/** Which schemas of an object schema a property meets. */
import type { ObjectFacts } from "../normal/facts.ts";
import { matches } from "./meets.ts";

/** The schemas that a property meets in one object schema: by name, by pattern, or as one of the rest. */
export function schemasFor(
  facts: ObjectFacts,
  name: string,
): { nodes: ObjectFacts["rest"][]; isNamed: boolean } {
  const byName = facts.properties.get(name);
  // Most objects have no patterns, and this is asked for every property of every one.
  if (facts.patterns.length === 0) {
    return byName === undefined
      ? { nodes: [facts.rest], isNamed: false }
      : { nodes: [byName], isNamed: true };
  }
  const nodes = facts.patterns.flatMap(([pattern, node]) => (matches(pattern, name) ? [node] : []));
  if (byName !== undefined) nodes.push(byName);
  const isNamed = nodes.length > 0;
  return { nodes: isNamed ? nodes : [facts.rest], isNamed };
}
