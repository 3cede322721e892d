/** Where in a message a change is, as a way from its root. */
import type { SchemaNode } from "../normal/node.ts";
import { below } from "../normal/path.ts";

/** One step into a value. */
export type Step =
  | { readonly into: "property"; readonly name: string }
  | { readonly into: "pattern"; readonly pattern: string }
  /** Every property that is not named otherwise. */
  | {
      readonly into: "rest";
      readonly names: readonly string[];
      readonly patterns: readonly string[];
    }
  | { readonly into: "element"; readonly index: number }
  /** Every element from a place on. */
  | { readonly into: "elements"; readonly from: number };

/** A way from the root of a message to a part of it. */
export type Place = readonly Step[];

/** A place as people and configurations write it: a pointer in which a star is any element or any other name. */
export function pathOf(place: Place): string {
  return place.reduce((path, step) => {
    switch (step.into) {
      case "property":
        return below(path, step.name);
      case "pattern":
        return below(path, `{${step.pattern}}`);
      case "element":
        return below(path, step.index);
      default:
        return below(path, "*");
    }
  }, "");
}

/** The same place for an adapter: a pattern is any name. */
export function pointerOf(place: Place): string {
  return pathOf(
    place.map((step) =>
      step.into === "pattern" ? { into: "rest", names: [], patterns: [] } : step,
    ),
  );
}

/** Whether the place's pointer leads an adapter there and nowhere else: a star in it is every property, or every element. */
export function isReachedAlone(place: Place): boolean {
  return place.every((step) => {
    switch (step.into) {
      case "property":
        return step.name !== "*";
      case "rest":
        return step.names.length + step.patterns.length === 0;
      case "elements":
        return step.from === 0;
      default:
        return true;
    }
  });
}

/** A schema that demands something of one place only, and nothing of the rest of the message. */
export function demandAt(place: Place, demand: SchemaNode): SchemaNode {
  if (place.length === 0) return demand;
  const key = `at:${JSON.stringify(place)}:${demand.meaning}`;
  const raw = place.reduceRight((inner, step) => around(step, inner), demand.raw);
  return demand.document.make(key, raw, demand);
}

function around(step: Step, inner: unknown): unknown {
  switch (step.into) {
    case "property":
      return { properties: Object.fromEntries([[step.name, inner]]) };
    case "pattern":
      return { patternProperties: Object.fromEntries([[step.pattern, inner]]) };
    case "rest":
      return {
        properties: Object.fromEntries(step.names.map((name) => [name, true])),
        patternProperties: Object.fromEntries(step.patterns.map((pattern) => [pattern, true])),
        additionalProperties: inner,
      };
    case "element":
      return { prefixItems: [...Array.from({ length: step.index }, () => true), inner] };
    case "elements":
      return { prefixItems: Array.from({ length: step.from }, () => true), items: inner };
  }
}
