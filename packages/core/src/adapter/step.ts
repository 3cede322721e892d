/**
 * The declarative form of an adapter: a list of small steps, each of which any language can carry out.
 *
 * A step that does not fit a value leaves it as it is, for the check that follows to refuse. A property that is
 * `undefined` is not there.
 */
import type { Json } from "../schema/schema.ts";

/** A JSON pointer into a value; `*` stands for every element or every property. `""` is the value itself. */
export type Pointer = string;

/** One step of an adapter. `at` says which objects or values of the message it works on. */
export type AdapterStep =
  /** Moves a property to another name. An object without it stays as it is. */
  | { readonly step: "rename"; readonly at: Pointer; readonly from: string; readonly to: string }
  /** Sets a property where it is absent. */
  | { readonly step: "default"; readonly at: Pointer; readonly name: string; readonly value: Json }
  /** Sets a property whatever it was. */
  | { readonly step: "constant"; readonly at: Pointer; readonly name: string; readonly value: Json }
  /** Removes properties. With `when`, only where they hold that value. */
  | {
      readonly step: "drop";
      readonly at: Pointer;
      readonly names: readonly string[];
      readonly when?: Json;
    }
  /** Puts a value into an array of one, or takes the first element out of one. */
  | { readonly step: "wrap" | "head"; readonly at: Pointer }
  /** Moves a property of an inner object out to the object itself, or the other way round. */
  | {
      readonly step: "hoist" | "plunge";
      readonly at: Pointer;
      readonly name: string;
      readonly inside: string;
    }
  /** Does further steps with every element of an array. */
  | { readonly step: "map"; readonly at: Pointer; readonly steps: readonly AdapterStep[] }
  /** Does further steps with those objects whose property `tag` holds the value `is`. */
  | {
      readonly step: "variant";
      readonly at: Pointer;
      readonly tag: string;
      readonly is: Json;
      readonly steps: readonly AdapterStep[];
    }
  /** Replaces listed values by others; a value that is not listed stays as it is. */
  | {
      readonly step: "literal";
      readonly at: Pointer;
      readonly values: readonly (readonly [from: Json, to: Json])[];
    };

/** The names on the way that a pointer describes. */
export function namesIn(pointer: Pointer): readonly string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The pointer to a property of what another pointer points to. */
export function pointerTo(outer: Pointer, name: string): Pointer {
  return `${outer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
