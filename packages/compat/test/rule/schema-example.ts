/** One pair of schemas for each rule about schemas, as small as it can be. */
import type { Schema } from "@concordat/core";
import type { RuleId } from "../../src/index.ts";

export interface Example {
  readonly before: Schema;
  readonly after: Schema;
}

const text = { type: "string" } as const;
const whole = { type: "integer" } as const;
const object = (properties: { [name: string]: Schema }, ...required: string[]): Schema => ({
  type: "object",
  properties,
  required,
});
const closed = (properties: { [name: string]: Schema }): Schema => ({
  type: "object",
  properties,
  additionalProperties: false,
});
const tagged = (kind: string, properties: { [name: string]: Schema } = {}): Schema =>
  object({ kind: { const: kind }, ...properties }, "kind");

/** A bare schema may hold keywords that the contract's type of a schema does not name. */
function bare(schema: object): Schema {
  return schema;
}

const widenings: { readonly [Id in RuleId]?: Example } = {
  "property-became-optional": { before: object({ a: text }, "a"), after: object({ a: text }) },
  "null-admitted": {
    before: object({ a: text }, "a"),
    after: object({ a: { anyOf: [text, { type: "null" }] } }, "a"),
  },
  "optional-became-nullable": {
    before: object({ a: text }),
    after: object({ a: { type: ["string", "null"] } }),
  },
  "property-count-widened": {
    before: { type: "object", additionalProperties: text, maxProperties: 1 },
    after: { type: "object", additionalProperties: text, maxProperties: 2 },
  },
  "integer-to-number": { before: whole, after: { type: "number" } },
  "type-widened": { before: text, after: { anyOf: [text, whole] } },
  "type-dropped": { before: text, after: {} },
  "literal-to-type": { before: { const: "a" }, after: text },
  "enum-member-added": { before: { enum: ["a"] }, after: { enum: ["a", "b"] } },
  "enum-opened": { before: { enum: ["a", "b"] }, after: text },
  "lower-bound-lowered": {
    before: { type: "number", minimum: 2 },
    after: { type: "number", minimum: 1 },
  },
  "upper-bound-raised": { before: { ...text, maxLength: 2 }, after: { ...text, maxLength: 3 } },
  "bound-removed": { before: { ...text, maxLength: 2 }, after: text },
  "bound-became-inclusive": {
    before: { type: "number", exclusiveMinimum: 2 },
    after: { type: "number", minimum: 2 },
  },
  "multiple-relaxed": {
    before: { type: "number", multipleOf: 3 },
    after: { type: "number", multipleOf: 0.3 },
  },
  "pattern-removed": { before: { ...text, pattern: "^a" }, after: text },
  "format-removed": { before: { ...text, format: "date" }, after: text },
  "tuple-to-array": {
    before: { type: "array", items: [text, whole], additionalItems: false, minItems: 2 },
    after: { type: "array", items: { anyOf: [text, whole] } },
  },
  "uniqueness-dropped": {
    before: { type: "array", items: text, uniqueItems: true },
    after: { type: "array", items: text },
  },
  "contains-relaxed": {
    before: { type: "array", items: text, contains: { const: "a" } },
    after: { type: "array", items: text },
  },
  "variant-added": {
    before: { anyOf: [tagged("x"), tagged("y")] },
    after: { anyOf: [tagged("x"), tagged("y"), tagged("z")] },
  },
};

const mirrored: { readonly [Id in RuleId]?: RuleId } = {
  "property-became-required": "property-became-optional",
  "null-removed": "null-admitted",
  "property-count-narrowed": "property-count-widened",
  "number-to-integer": "integer-to-number",
  "type-narrowed": "type-widened",
  "type-added": "type-dropped",
  "type-to-literal": "literal-to-type",
  "enum-member-removed": "enum-member-added",
  "lower-bound-raised": "lower-bound-lowered",
  "upper-bound-lowered": "upper-bound-raised",
  "bound-added": "bound-removed",
  "bound-became-exclusive": "bound-became-inclusive",
  "multiple-tightened": "multiple-relaxed",
  "pattern-added": "pattern-removed",
  "format-added": "format-removed",
  "array-to-tuple": "tuple-to-array",
  "uniqueness-required": "uniqueness-dropped",
  "contains-tightened": "contains-relaxed",
  "variant-removed": "variant-added",
};

const narrowings = Object.fromEntries(
  Object.entries(mirrored).map(([rule, widening]) => {
    const { before, after } = widenings[widening] ?? { before: true, after: true };
    return [rule, { before: after, after: before }];
  }),
);

const others: { readonly [Id in RuleId]?: Example } = {
  "required-property-added": {
    before: object({ a: text }),
    after: object({ a: text, b: whole }, "b"),
  },
  "required-property-added-with-default": {
    before: object({ a: text }),
    after: object({ a: text, b: { ...whole, default: 7 } }, "b"),
  },
  "optional-property-added": { before: object({ a: text }), after: object({ a: text, b: whole }) },
  "optional-property-added-to-closed": {
    before: closed({ a: text }),
    after: closed({ a: text, b: whole }),
  },
  "unknown-property-added": { before: object({ a: text }), after: object({ a: text, b: {} }) },
  "required-property-removed": {
    before: object({ a: text, b: whole }, "b"),
    after: object({ a: text }),
  },
  "optional-property-removed": {
    before: object({ a: text, b: whole }),
    after: object({ a: text }),
  },
  "required-property-renamed": {
    before: object({ a: text }, "a"),
    after: object({ b: text }, "b"),
  },
  "optional-property-renamed": { before: object({ a: text }), after: object({ b: text }) },
  "property-became-required-with-default": {
    before: object({ a: { ...text, default: "x" } }),
    after: object({ a: { ...text, default: "x" } }, "a"),
  },
  "optional-became-nullable-required": {
    before: object({ a: text }),
    after: object({ a: { type: ["string", "null"] } }, "a"),
  },
  "property-order-changed": {
    before: object({ a: text, b: text }),
    after: object({ b: text, a: text }),
  },
  "property-moved": {
    before: object({ a: text, in: object({ b: text }) }, "a", "in"),
    after: object({ in: object({ b: text, a: text }, "a") }, "in"),
  },
  "object-closed": { before: object({ a: text }), after: closed({ a: text }) },
  "object-opened": { before: closed({ a: text }), after: object({ a: text }) },
  "key-pattern-widened": {
    before: { type: "object", patternProperties: { "^[a-b]$": text } },
    after: { type: "object", patternProperties: { "^[a-z]$": text } },
  },
  "key-pattern-narrowed": {
    before: { type: "object", patternProperties: { "^[a-z]$": text } },
    after: { type: "object", patternProperties: { "^[a-b]$": text } },
  },
  "map-reshaped": {
    before: { type: "object", patternProperties: { "^.*$": text } },
    after: object({ a: text }),
  },
  "dependency-added": {
    before: object({ a: text, b: text }),
    after: { type: "object", properties: { a: text, b: text }, dependentRequired: { a: ["b"] } },
  },
  "dependency-removed": {
    before: { type: "object", properties: { a: text, b: text }, dependentRequired: { a: ["b"] } },
    after: object({ a: text, b: text }),
  },
  "intersection-member-added": {
    before: object({ a: text }),
    after: { type: "object", properties: { a: text }, not: { required: ["a"] } },
  },
  "intersection-member-removed": {
    before: { type: "object", properties: { a: text }, not: { required: ["a"] } },
    after: object({ a: text }),
  },
  "intersection-flattened": {
    before: { allOf: [object({ a: text }, "a"), object({ b: text })] },
    after: object({ a: text, b: text }, "a"),
  },
  "access-hint-changed": { before: text, after: { ...text, readOnly: true } },
  "type-changed": { before: text, after: whole },
  "literal-changed": { before: { const: "a" }, after: { const: "b" } },
  "enum-reordered": { before: { enum: ["a", "b"] }, after: { enum: ["b", "a"] } },
  "enum-respelled": {
    before: { enum: ["a", "b"] },
    after: { anyOf: [{ const: "a" }, { const: "b" }] },
  },
  "pattern-changed": {
    before: { ...text, pattern: "^[a-c]$" },
    after: { ...text, pattern: "^[b-d]$" },
  },
  "format-changed": {
    before: { ...text, format: "email" },
    after: { ...text, format: "idn-email" },
  },
  "type-emptied": {
    before: { type: "number", minimum: 1 },
    after: { type: "number", minimum: 1, maximum: 0 },
  },
  "content-hint-changed": { before: text, after: { ...text, contentEncoding: "base64" } },
  "value-wrapped": { before: text, after: { type: "array", items: text } },
  "tuple-element-added": {
    before: { type: "array", items: [text], additionalItems: false, minItems: 1 },
    after: { type: "array", items: [text, whole], additionalItems: false, minItems: 2 },
  },
  "tuple-element-removed": {
    before: { type: "array", items: [text, whole], additionalItems: false, minItems: 2 },
    after: { type: "array", items: [text], additionalItems: false, minItems: 1 },
  },
  "variants-reordered": {
    before: { anyOf: [tagged("x"), tagged("y")] },
    after: { anyOf: [tagged("y"), tagged("x")] },
  },
  "discriminator-renamed": {
    before: object({ kind: { const: "x" }, v: whole }, "kind"),
    after: object({ type: { const: "x" }, v: whole }, "type"),
  },
  "discriminator-value-changed": {
    before: { anyOf: [tagged("x", { v: whole }), tagged("y")] },
    after: { anyOf: [tagged("z", { v: whole }), tagged("y")] },
  },
  "discriminator-loosened": {
    before: { anyOf: [tagged("x", { v: whole }), tagged("y", { w: text })] },
    after: {
      anyOf: [object({ kind: text, v: whole }, "kind"), object({ kind: text, w: text }, "kind")],
    },
  },
  "object-to-tagged-union": {
    before: object({ v: whole }, "v"),
    after: {
      anyOf: [object({ kind: { const: "x" }, v: whole }, "kind", "v"), tagged("y", { w: text })],
    },
  },
  "union-respelled": {
    before: { anyOf: [tagged("x"), tagged("y")] },
    after: { oneOf: [tagged("x"), tagged("y")] },
  },
  "condition-changed": {
    before: { ...text, if: { const: "a" }, then: { maxLength: 1 } },
    after: { ...text, if: { const: "a" }, then: { minLength: 2 } },
  },
  "definition-renamed": {
    before: bare({ $ref: "#/definitions/A", definitions: { A: text } }),
    after: bare({ $ref: "#/definitions/B", definitions: { B: text } }),
  },
  "text-changed": { before: text, after: { ...text, description: "A name." } },
  "default-changed": { before: { ...text, default: "a" }, after: { ...text, default: "b" } },
  "property-deprecated": { before: text, after: { ...text, deprecated: true } },
  "unknown-keyword-changed": {
    before: bare({ ...text, "x-a": 1 }),
    after: bare({ ...text, "x-a": 2 }),
  },
  "unreadable-schema": { before: text, after: { $ref: "#/definitions/A" } },
};

/** The examples. Rules without one are never reported by themselves, see {@link inherited}. */
export const examples: { readonly [rule: string]: Example } = {
  ...widenings,
  ...narrowings,
  ...others,
};

/** Rules that stand for what is reported under its own name, or cannot occur in a frozen release. */
export const inherited: readonly RuleId[] = [
  "map-value-widened",
  "map-value-narrowed",
  "item-widened",
  "item-narrowed",
  "tuple-element-changed",
  "variant-changed",
  "recursive-type-changed",
  "refinement-changed",
  "codec-changed",
  "values-changed",
];
