/** What a message looks like on the wire in the encoding `positional`: a closed list of kinds of node, as data. */
import type { Expression } from "../../schema/expression/expression.ts";
import type { Kind } from "../../schema/kind.ts";
import type { NumberRules } from "../../schema/number-shape.ts";
import type { StringRules } from "../../schema/string-shape.ts";

/** A constant that is no array and no object. */
export type Scalar = null | boolean | number | string;

/** A text. On the wire its length; the texts themselves stand together at the front of the message. */
export interface TextNode {
  readonly kind: "text";
  readonly rules: StringRules;
}

/** A number, or one without a fraction. */
export interface NumberNode {
  readonly kind: "integer" | "number";
  readonly rules: NumberRules;
}

/** A value of which nothing more is known than what it is. `never` matches nothing. */
export interface PlainNode {
  readonly kind: "boolean" | "bytes" | "timestamp" | "bigint" | "never";
}

/** One of a few constants: its index. */
export interface ChoiceNode {
  readonly kind: "choice";
  readonly values: readonly Scalar[];
}

/** Elements of one kind. */
export interface ListNode {
  readonly kind: "list";
  readonly element: Node;
  readonly rules: CountRules;
}

/** One node for each place, and one for all that follow. */
export interface TupleNode {
  readonly kind: "tuple";
  readonly places: readonly Node[];
  /** Default: nothing may follow. */
  readonly rest: Node | undefined;
  readonly rules: CountRules;
}

/** How many elements there may be. */
export interface CountRules {
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** Declared properties in their order, and perhaps others under their names. */
export interface ObjectNode {
  readonly kind: "object";
  readonly properties: readonly PropertyNode[];
  readonly others: OtherProperties | undefined;
}

/** One declared property. */
export interface PropertyNode {
  readonly name: string;
  readonly node: Node;
  readonly isRequired: boolean;
}

/** Properties that are not declared one by one. */
export interface OtherProperties {
  /** Those whose name matches a regular expression. */
  readonly matching: { readonly pattern: string; readonly node: Node } | undefined;
  /** All the rest. Undefined: they are left out. `never`: there must be none. */
  readonly rest: Node | undefined;
}

/** One of several nodes that are told apart by the value. */
export interface UnionNode {
  readonly kind: "union";
  readonly alternatives: readonly Node[];
  /** How they are told apart. Settled when all definitions are known; see `settled-node.ts`. */
  readonly telling: Telling | undefined;
  /** What stands for it where they cannot be told apart. */
  readonly expression: Expression;
}

/** Which alternative a value belongs to. */
export interface Telling {
  /** How many alternatives the schema has; `null` among them travels as nil and is no alternative here. */
  readonly count: number;
  readonly isNullable: boolean;
  /** The alternative for each kind of value; for objects that a property tells apart, the first of them. */
  readonly byKind: ReadonlyMap<Kind, number>;
  readonly tag: Tag | undefined;
}

/** The property that tells objects apart, and the alternative for each of its values. */
export interface Tag {
  readonly property: string;
  readonly byValue: ReadonlyMap<Scalar, number>;
}

/** What a definition of the release says. */
export interface ReferenceNode {
  readonly kind: "reference";
  readonly definition: string;
}

/** A value that travels as ordinary MessagePack, because no positions can be given to its parts. */
export interface FreeNode {
  readonly kind: "free";
  readonly expression: Expression;
}

/** Any node. */
export type Node =
  | TextNode
  | NumberNode
  | PlainNode
  | ChoiceNode
  | ListNode
  | TupleNode
  | ObjectNode
  | UnionNode
  | ReferenceNode
  | FreeNode;

/** The constant that a node stands for, where there is only one: as a required property it need not travel. */
export function constantOf(node: Node): readonly [Scalar] | undefined {
  if (node.kind !== "choice") return undefined;
  const [only, another] = node.values;
  return only === undefined || another !== undefined ? undefined : [only];
}

/** Whether an object's last element on the wire is the list of its other properties. */
export function carriesOthers({ others }: ObjectNode): boolean {
  if (others === undefined) return false;
  return (
    others.matching !== undefined || (others.rest !== undefined && others.rest.kind !== "never")
  );
}

/** Whether an object has nothing but other properties: the list of those is all of it on the wire. */
export function isRecord(node: ObjectNode): boolean {
  return node.properties.length === 0 && carriesOthers(node);
}
