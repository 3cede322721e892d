/** Messages to measure with: what small calls, orders and reports look like. */
import type { Definitions, Schema } from "../src/schema/schema.ts";

/** One kind of message. */
export interface Workload {
  readonly name: string;
  readonly schema: Schema;
  readonly definitions: Definitions;
  readonly value: unknown;
  /** How often it is written and read in one round. */
  readonly times: number;
}

const text: Schema = { type: "string" };
const number: Schema = { type: "number" };

const small: Schema = {
  type: "object",
  properties: {
    sku: text,
    quantity: { type: "integer", minimum: 1 },
    express: { type: "boolean" },
  },
  required: ["sku", "quantity", "express"],
};

const definitions: Definitions = {
  Address: {
    type: "object",
    properties: { name: text, street: text, city: text, zip: text, country: text },
    required: ["name", "street", "city", "zip", "country"],
  },
  Line: {
    type: "object",
    properties: {
      sku: { type: "string", minLength: 1, maxLength: 40 },
      title: text,
      quantity: { type: "integer", minimum: 1 },
      price: number,
      note: text,
    },
    required: ["sku", "title", "quantity", "price"],
  },
};

const order: Schema = {
  type: "object",
  properties: {
    id: text,
    customer: text,
    status: { enum: ["open", "paid", "sent", "closed"] },
    placedAt: { type: "string", format: "date-time" },
    shipTo: { $ref: "#/definitions/Address" },
    billTo: { $ref: "#/definitions/Address" },
    lines: { type: "array", items: { $ref: "#/definitions/Line" }, maxItems: 100 },
    total: number,
    coupon: { anyOf: [text, { type: "null" }] },
    tags: { type: "array", items: text },
  },
  required: [
    "id",
    "customer",
    "status",
    "placedAt",
    "shipTo",
    "billTo",
    "lines",
    "total",
    "coupon",
  ],
};

function address(name: string): unknown {
  return { name, street: "12 Analytical Row", city: "London", zip: "N1 9GU", country: "GB" };
}

function line(index: number): unknown {
  return {
    sku: `A-${1000 + index}`,
    title: `Difference engine, part ${index}`,
    quantity: 1 + index,
    price: 19.95 + index,
    ...(index % 3 === 0 ? { note: "gift" } : {}),
  };
}

const orderValue = {
  id: "ord_01HZX4M2Q8Y7T3",
  customer: "c-90210",
  status: "paid",
  placedAt: "2026-11-26T10:12:03Z",
  shipTo: address("Ada Lovelace"),
  billTo: address("Charles Babbage"),
  lines: Array.from({ length: 7 }, (_, index) => line(index)),
  total: 259.65,
  coupon: null,
  tags: ["new", "export"],
};

const record: Schema = {
  type: "object",
  properties: {
    id: { type: "integer" },
    name: text,
    email: text,
    active: { type: "boolean" },
    score: number,
    city: text,
  },
  required: ["id", "name", "email", "active", "score", "city"],
};

const cities = ["London", "Paris", "Berlin", "Madrid", "Rome"];
const records = Array.from({ length: 2_000 }, (_, index) => ({
  id: 100_000 + index,
  name: `Person number ${index}`,
  email: `person.${index}@mail.example.org`,
  active: index % 3 === 0,
  score: index / 7,
  city: cities[index % cities.length],
}));

/** Small, 1 KB, and about 256 KB with names. */
export const workloads: readonly Workload[] = [
  {
    name: "small object",
    schema: small,
    definitions,
    value: { sku: "A-1", quantity: 2, express: true },
    times: 4_000,
  },
  { name: "1 KB order", schema: order, definitions, value: orderValue, times: 200 },
  {
    name: "2,000 records",
    schema: { type: "array", items: record },
    definitions,
    value: records,
    times: 1,
  },
];
