/** A question without choices: what is left when references, unions and negations are split up. */
import type { Facts, Opaque } from "../normal/facts.ts";
import type { SchemaNode } from "../normal/node.ts";
import type { Kind, Scalar } from "../normal/value.ts";
import type { Literal } from "./literal.ts";

/** A schema whose assertions about the kind must be met. */
export interface Member {
  readonly node: SchemaNode;
  readonly literal: Literal;
}

/** A schema of which an assertion must be broken, and how its parts are then asked about. */
export interface Broken {
  readonly facts: Pick<Facts, "number" | "string" | "array" | "object">;
  readonly negate: (part: SchemaNode) => Literal;
}

/** One way in which a value of a kind can do all that is asked. */
export interface Branch {
  readonly kind: Kind;
  readonly members: readonly Member[];
  /** Schemas of which at least one assertion about the kind must be broken. */
  readonly broken: readonly Broken[];
  /** The only values left, where schemas list them. */
  readonly values: readonly Scalar[] | undefined;
  readonly excluded: readonly Scalar[];
  readonly held: readonly Opaque[];
  readonly lacked: readonly Opaque[];
}
