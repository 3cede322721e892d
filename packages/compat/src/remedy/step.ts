/** The declarative form of an adapter: a list of small steps, each of which any language can carry out. */

/** A JSON pointer into a value; `*` stands for every element or every property. `""` is the value itself. */
export type Pointer = string;

/** A value that a step writes: JSON. */
export type StepValue =
  | null
  | boolean
  | number
  | string
  | readonly StepValue[]
  | { readonly [name: string]: StepValue };

/** One step of an adapter. `at` says which objects or values of the message it works on. */
export type AdapterStep =
  /** Moves a property to another name. An object without it stays as it is. */
  | { readonly step: "rename"; readonly at: Pointer; readonly from: string; readonly to: string }
  /** Sets a property where it is absent. */
  | {
      readonly step: "default";
      readonly at: Pointer;
      readonly name: string;
      readonly value: StepValue;
    }
  /** Sets a property whatever it was. */
  | {
      readonly step: "constant";
      readonly at: Pointer;
      readonly name: string;
      readonly value: StepValue;
    }
  /** Removes properties. With `when`, only where they hold that value. */
  | {
      readonly step: "drop";
      readonly at: Pointer;
      readonly names: readonly string[];
      readonly when?: StepValue;
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
  /** Replaces listed values by others; a value that is not listed stays as it is. */
  | {
      readonly step: "literal";
      readonly at: Pointer;
      readonly values: readonly (readonly [from: StepValue, to: StepValue])[];
    };
