/** The messages that releases are tried with. */
import type { SchemaObject } from "@concordat/core";
import { expect, test } from "vitest";

import { Chance } from "../../src/verify/chance.ts";
import { Reading } from "../../src/verify/reading.ts";
import { ValueSource } from "../../src/verify/value-source.ts";
import { seed } from "../seed.ts";
import { deskHistory } from "./desk-history.ts";

test("every message may be sent by its release, and each alternative has its turn", () => {
  for (const { definitions, procedures } of deskHistory()) {
    const reading = new Reading(definitions);
    const source = new ValueSource(reading, new Chance(seed));
    for (const { request, response, errors = {}, kind } of Object.values(procedures)) {
      if (kind.endsWith("Notification")) continue;
      for (const schema of [request, response, ...Object.values(errors)]) {
        for (const lean of ["least", "most", "any", "any", "any"] as const) {
          const found = source.next(schema, lean);
          const isSendable = found !== undefined && reading.isSendable(schema, found.value);
          expect(isSendable, `with seed ${seed}`).toBe(true);
        }
      }
    }
  }
});

test("boundaries come first: the smallest value, then the largest", () => {
  const reading = new Reading({});
  const source = new ValueSource(reading, new Chance(1));
  const schema = {
    type: "object",
    properties: {
      n: { type: "integer", minimum: -3, maximum: 9 },
      o: { type: "string", maxLength: 4 },
    },
    required: ["n"],
  } as const;

  expect(source.next(schema, "least")).toEqual({ value: { n: -3 } });
  expect(source.next(schema, "most")).toEqual({ value: { n: 9, o: "xxxx" } });
});

test("the largest value reaches the bounds of texts and lists, so that one that was lowered is found", () => {
  const source = new ValueSource(new Reading({}), new Chance(1));
  const text = { type: "string", maxLength: 500 } as const;
  const list = { type: "array", items: { type: "integer" }, maxItems: 20 } as const;
  const schema = { type: "object", properties: { text, list } } as const;

  expect(source.next(schema, "most")).toMatchObject({
    value: { text: "x".repeat(500), list: { length: 20 } },
  });
});

test("a text that a pattern asks for is found, however unlikely it is to be drawn", () => {
  const source = new ValueSource(new Reading({}), new Chance(1));

  expect(source.next({ type: "string", pattern: "^[A-F]{7}-[0-9]{9}$" })).toBeDefined();
});

test("where a choice has no alternative, no value is found, and those around it are", () => {
  const source = new ValueSource(new Reading({}), new Chance(1));
  const list = { type: "array", items: { anyOf: [] } } as const;

  expect(source.next({ anyOf: [] })).toBeUndefined();
  expect(source.next({ type: "object", properties: { a: { oneOf: [] } } })).toEqual({ value: {} });
  expect(source.next(list)).toEqual({ value: [] });
});

test("a message that holds itself in most of its alternatives comes to an end", () => {
  const inner = { $ref: "#/definitions/Term" } as const;
  const node = (...names: readonly string[]): SchemaObject => ({
    type: "object",
    properties: Object.fromEntries(names.map((name) => [name, inner])),
    required: names,
  });
  const definitions = {
    Term: { anyOf: [{ type: "number" }, node("left", "right"), node("if", "then", "else")] },
    Endless: {
      type: "object",
      properties: { a: { $ref: "#/definitions/Endless" } },
      required: ["a"],
    },
  } as const;
  const reading = new Reading(definitions);
  const source = new ValueSource(reading, new Chance(1));

  for (const lean of ["least", "most", "any", "any", "any"] as const)
    expect(reading.isSendable(inner, source.next(inner, lean)?.value)).toBe(true);
  expect(source.next({ $ref: "#/definitions/Endless" })).toBeUndefined();
});
