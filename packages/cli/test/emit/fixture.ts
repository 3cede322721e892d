/** Contracts whose stubs are compiled: one as people write them, one with every name that could go wrong. */
import type { Definitions, ReleaseDocument, Schema } from "@concordat/core";
import { type ProcedureDraft, releaseOf } from "./release.ts";

const text = { type: "string" } as const;
const integer = { type: "integer" } as const;

function object(
  properties: { readonly [name: string]: Schema },
  ...optional: readonly string[]
): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: "object", properties, required };
}

const definitions: Definitions = {
  Order: {
    ...Object(
      object(
        {
          id: {
            ...text,
            description: "Unique for ever.\n@see nothing */ export const evil = 1; /*",
          },
          note: text,
          at: { type: "object", "x-concordat": "timestamp" },
          total: { type: "object", "x-concordat": "bigint" },
          photo: { type: "object", "x-concordat": "bytes" },
          state: { anyOf: [{ const: "open" }, { const: "paid" }] },
          pair: { type: "array", items: [text, integer], additionalItems: false, minItems: 2 },
          counts: { type: "object", patternProperties: { "^.*$": integer } },
          "a-b": true,
        },
        "note",
        "photo",
      ),
    ),
    description: "An order.",
  },
  Tree: object({
    value: integer,
    children: { type: "array", items: { $ref: "#/definitions/Tree" } },
  }),
  OrderEvent: {
    anyOf: [
      object({ kind: { const: "paid" }, receipt: text }),
      object({ kind: { const: "sent" }, carrier: { type: ["string", "null"] } }),
    ],
  },
};

const order = { $ref: "#/definitions/Order" };

/** What has no positions, and leads back to itself. */
function loose(...names: readonly string[]): Schema {
  return {
    ...Object(
      object(Object.fromEntries(names.map((name) => [name, { $ref: "#/definitions/Loose" }]))),
    ),
    not: { const: "nothing" },
    required: [],
  };
}

const first = releaseOf({
  definitions: { ...definitions, Loose: loose("inner") },
  procedures: {
    place: { request: object({ sku: text }), response: order },
    sketch: { request: { $ref: "#/definitions/Loose" }, response: { $ref: "#/definitions/Loose" } },
  },
});
const second = releaseOf({
  release: "1.1.0",
  previous: first,
  doc: "Everything about orders.",
  definitions: { ...definitions, Loose: loose("inner", "outer") },
  procedures: {
    sketch: { request: { $ref: "#/definitions/Loose" }, response: { $ref: "#/definitions/Loose" } },
    place: {
      doc: "Places an order.",
      request: object({ sku: text, quantity: { ...integer, minimum: 1 } }),
      response: order,
      errors: { out_of_stock: object({ sku: text }) },
    },
    "orders/list": {
      request: object({ limit: integer }, "limit"),
      response: { type: "array", items: order },
    },
    watch: {
      kind: "serverStream",
      request: object({ order: text }),
      response: { $ref: "#/definitions/OrderEvent" },
    },
    upload: {
      kind: "clientStream",
      request: { type: "object", "x-concordat": "bytes" },
      response: integer,
    },
    talk: { kind: "bidiStream", request: text, response: { $ref: "#/definitions/Tree" } },
    "orders/seen": {
      doc: "Somebody has looked at an order.",
      kind: "clientNotification",
      request: object({ order: text }),
      response: false,
    },
    refresh: { kind: "clientNotification", request: object({}), response: false },
    "orders/changed": { kind: "serverNotification", request: false, response: order },
    closing: {
      doc: "The shop closes.",
      kind: "serverNotification",
      request: false,
      response: object({ inMinutes: integer }),
    },
  },
});

/** What `type-compat/use.ts` uses. */
export const ordinary: readonly ReleaseDocument[] = [first, second];

const evil = "*/ } ` ${x} \" ' \\ \u2028 \u2029 \r\n // <!-- {@link x}";

/** Names that mean something to TypeScript, to the runtime's entry, or to the generated modules themselves. */
const takenNames = [
  "Date",
  "Promise",
  "AsyncIterable",
  "Uint8Array",
  "Object",
  "Array",
  "Record",
  "String",
  "globalThis",
  "Shape",
  "CallOptions",
  "Context",
  "Items",
  "ClientContract",
  "ServerContract",
  "ReleaseDocument",
  "Procedures",
  "ClassClient",
  "ClassHandlers",
  "ClassRequest",
  "string",
  "object",
  "_",
  "__x",
  "a_b",
  "aB",
  "L".repeat(100),
];

const hostileDefinitions: Definitions = Object.fromEntries(
  takenNames.map((name) => [
    name,
    { ...Object(object({ [evil]: text, class: integer, "1": true })), description: evil },
  ]),
);

const hostileProcedures: Record<string, ProcedureDraft> = {
  class: {
    doc: evil,
    request: object({
      when: { type: "object", "x-concordat": "timestamp" },
      what: { $ref: "#/definitions/Date" },
    }),
    response: { type: "object", "x-concordat": "bytes" },
    errors: { delete: { enum: [evil, { a: [evil] }, null] }, constructor_: object({}) },
    deprecated: { message: evil, successor: evil },
    auth: [evil],
  },
  "delete/new": {
    kind: "bidiStream",
    request: { $ref: "#/definitions/Promise" },
    response: { $ref: "#/definitions/AsyncIterable" },
  },
  [`${"n".repeat(64)}/${"m".repeat(64)}/${"o".repeat(64)}`]: { request: object({ a: text }) },
  a_b: { request: object({ a: text }) },
  aB: { request: object({ b: text }) },
  everything: {
    request: { allOf: takenNames.map((name) => ({ $ref: `#/definitions/${name}` })) },
    response: { anyOf: takenNames.map((name) => ({ $ref: `#/definitions/${name}` })) },
  },
};

/** A contract of which every name is a trap. */
export const hostile: readonly ReleaseDocument[] = ["1.0.0", "2.0.0"].map((release) =>
  releaseOf({
    contract: "class",
    release,
    doc: evil,
    definitions: hostileDefinitions,
    procedures: hostileProcedures,
  }),
);

/** Contracts that are called like something that a stub imports or makes. */
export const homonyms: readonly ReleaseDocument[] = [
  "record",
  "order-shape",
  "release1-0-0",
  "string",
].map((contract) =>
  releaseOf({ contract, definitions, procedures: { place: { request: order, response: order } } }),
);
