/** One declared property of an object, or the mark that it may be missing. */
import { type CheckedShape, insideOf } from "./check.ts";
import type { Shape } from "./shape.ts";

/** A property that may be missing. Made by {@link optional}. */
export interface OptionalProperty {
  readonly optional: Shape;
}

/** Marks a property of an object as one that may be missing. */
export function optional(shape: Shape): OptionalProperty {
  return { optional: shape };
}

/** The declared properties of an object, by name. */
export type Properties = { readonly [name: string]: Shape | OptionalProperty };

/** A declared property, ready to be looked at. */
export interface Property {
  readonly name: string;
  readonly shape: CheckedShape<unknown>;
  readonly isRequired: boolean;
}

/**
 * The declared properties of an object in their order.
 *
 * @throws TypeError for the name `__proto__`, which no object literal and no message can carry safely.
 */
export function propertiesOf(properties: Properties): Property[] {
  return Object.entries(properties).map(([name, property]) => {
    if (name === "__proto__")
      throw new TypeError('No property of a message can be called "__proto__".');
    return "optional" in property
      ? { name, shape: insideOf(property.optional), isRequired: false }
      : { name, shape: insideOf(property), isRequired: true };
  });
}
