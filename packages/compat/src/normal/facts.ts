/** What one schema says, read once: its own assertions by kind, and the schemas that it applies in place. */
import type { SchemaNode } from "./node.ts";
import type { Ratio } from "./ratio.ts";
import type { Kind, Scalar } from "./value.ts";

/** What is said about numbers. */
export interface NumberFacts {
  readonly min?: Ratio;
  readonly minExclusive: boolean;
  readonly max?: Ratio;
  readonly maxExclusive: boolean;
  readonly steps: readonly Ratio[];
}

/** What is said about strings. Lengths are in code points. */
export interface StringFacts {
  readonly min: number;
  readonly max: number;
  readonly patterns: readonly string[];
  readonly formats: readonly string[];
}

/** How many elements must match a schema. */
export interface Contains {
  readonly node: SchemaNode;
  readonly min: number;
  readonly max: number;
}

/** What is said about arrays. */
export interface ArrayFacts {
  readonly prefix: readonly SchemaNode[];
  /** Every element behind the prefix; undefined where nothing is said. */
  readonly rest?: SchemaNode;
  readonly min: number;
  readonly max: number;
  readonly unique: boolean;
  readonly contains?: Contains;
}

/** What is said about objects. */
export interface ObjectFacts {
  readonly properties: ReadonlyMap<string, SchemaNode>;
  readonly patterns: readonly (readonly [pattern: string, node: SchemaNode])[];
  /** Every property that neither `properties` nor a pattern names; undefined where nothing is said. */
  readonly rest?: SchemaNode;
  readonly required: ReadonlySet<string>;
  /** Those, and what a dependency demands: left out, the rest might not match any more. */
  readonly named: ReadonlySet<string>;
  readonly min: number;
  readonly max: number;
  readonly names?: SchemaNode;
  /**
   * Whether the schema declares properties at all. A sender's object that declares nothing has no shape
   * that could be closed: it stays open.
   */
  readonly declares: boolean;
}

/** A keyword that is compared by its text alone: equal on both sides, or undecided. */
export interface Opaque {
  readonly key: string;
  readonly keyword: string;
  readonly path: string;
  /** The kinds of value that it speaks of; every kind when undefined. */
  readonly kind?: Kind;
}

/** Something in a schema that cannot be read. */
export interface Fault {
  readonly path: string;
  readonly keyword: string;
  readonly reason: string;
}

/** A condition: what holds if another schema does, and what if it does not. */
export interface Condition {
  /** Whether it only asks for names where another one is there. Then it declares nothing. */
  readonly isDependency?: boolean;
  readonly test: SchemaNode;
  readonly then?: SchemaNode;
  readonly else?: SchemaNode;
}

/** Everything that one schema says. */
export interface Facts {
  /** The kinds that `type` admits. */
  readonly kinds: ReadonlySet<Kind>;
  /** The only values admitted, where the schema lists them. */
  readonly values?: readonly Scalar[];
  readonly number?: NumberFacts;
  readonly string?: StringFacts;
  readonly array?: ArrayFacts;
  readonly object?: ObjectFacts;
  readonly all: readonly SchemaNode[];
  readonly any: readonly (readonly SchemaNode[])[];
  readonly one: readonly (readonly SchemaNode[])[];
  readonly not: readonly SchemaNode[];
  readonly conditions: readonly Condition[];
  readonly opaque: readonly Opaque[];
  readonly faults: readonly Fault[];
}
