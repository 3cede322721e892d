/** Ways through random releases: what comes out is what every release on the way lets through. */
import type { ProcedureDocument, Schema, SchemaObject } from "@concordat/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";

import { cases, definitions } from "../../../core/test/schema/schema-arbitrary.ts";
import { Composition } from "../../src/conversion/composition.ts";
import type { ProcedureShapes } from "../../src/conversion/release-shapes.ts";
import type { Change } from "../../src/conversion/route.ts";
import { ReleaseMessages, ServedMessage } from "../../src/conversion/served-message.ts";

const messages = new ReleaseMessages(definitions);

/** A release in which a procedure takes and gives one message. */
function releaseOf(schema: Schema): ProcedureShapes {
  const document: ProcedureDocument = {
    kind: "unary",
    request: schema,
    response: schema,
    fingerprint: "",
  };
  const message = new ServedMessage(schema, messages);
  return { document, request: message, response: message, errors: new Map() };
}

/** What a release makes of a value; `undefined` where it refuses it. */
function projected(release: ProcedureShapes, value: unknown): unknown {
  try {
    return release.request.conform(value);
  } catch {
    return undefined;
  }
}

/** The conversion through some releases, between which nothing is said but that messages pass. */
function wayThrough(releases: readonly ProcedureShapes[]): Composition {
  const changes = releases.slice(1).map((_, at): Change => {
    const older = { at, procedure: "go" };
    const newer = { at: at + 1, procedure: "go" };
    return { from: `${older.at}`, to: `${newer.at}`, older, newer, conversion: {} };
  });
  return new Composition(() => changes, {
    described: ({ at }) => releases[at] && { document: releases[at].document, definitions },
    shapes: ({ at }) => releases[at],
  });
}

/** A value as it comes out of the way, and as it would if every release had projected it. */
function outcomes(
  releases: readonly ProcedureShapes[],
  value: unknown,
): { readonly arrived: unknown; readonly expected: unknown } {
  const [first, last] = [releases[0], releases.at(-1)];
  if (first === undefined || last === undefined) throw new Error("There is no release.");
  return {
    arrived: projected(last, wayThrough(releases).up.convert(projected(first, value))),
    expected: releases.reduce((left, release) => projected(release, left), value),
  };
}

const text: Schema = { type: "string" };

/** The properties of an object or variant. All have what tells variants apart. */
function objectWith(properties: object, kind: Schema = text): SchemaObject {
  return { type: "object", properties: { ...properties, kind }, required: ["kind"] };
}

/** Schemas of one family, which differ in what they declare, and values of which each lets something through. */
const { schema: anySchema, value: anyMember } = fc.letrec<{ schema: Schema; value: object }>(
  (tie) => {
    const depth = { maxDepth: 2, depthIdentifier: "way" };
    const inner = fc.oneof(depth, fc.constant(objectWith({})), tie("schema"));
    const list = fc.oneof(
      inner.map((items): Schema => ({ type: "array", items })),
      fc
        .tuple(inner, inner)
        .map((items): Schema => ({ type: "array", items, additionalItems: false })),
    );
    const parts = { a: inner, b: fc.constant(text), c: list };
    const properties = fc.record(parts, { requiredKeys: [] });
    const two = fc.tuple(properties, properties);
    const kinds = ["x", "y"].map((kind): Schema => ({ const: kind }));
    const value = fc.oneof(depth, fc.constant({ kind: "x" }), tie("value"));
    const given = { a: value, b: fc.constant("b"), c: fc.tuple(value, value) };
    return {
      schema: fc.oneof(
        { weight: 3, arbitrary: properties.map((each) => objectWith(each)) },
        // What another property needs is declared by that alone.
        properties.map((each) => ({ ...objectWith(each), dependentRequired: { d: ["b"] } })),
        two.map((each): Schema => ({ anyOf: each.map((one, at) => objectWith(one, kinds[at])) })),
        two.map((each): Schema => ({ anyOf: each.map((one) => objectWith(one)) })),
      ),
      value: fc.record(given, { requiredKeys: [] }).map((each) => ({ ...each, kind: "x" })),
    };
  },
);

test("through releases that declare more and less a value comes out as if each of them had projected it", () => {
  fc.assert(
    fc.property(
      fc.array(anySchema, { minLength: 3, maxLength: 5 }),
      anyMember,
      (schemas, value) => {
        const { arrived, expected } = outcomes(schemas.map(releaseOf), value);

        expect(expected).toBeDefined();
        expect(arrived).toEqual(expected);
      },
    ),
    { numRuns: 1_000 },
  );
});

/** Releases that let a value through one after the other, as many as are found. */
function chainFor(value: unknown, pool: readonly ProcedureShapes[]): readonly ProcedureShapes[] {
  const chain: ProcedureShapes[] = [];
  let left = value;
  for (const release of pool) {
    const next = projected(release, left);
    if (next === undefined || chain.length === 5) continue;
    chain.push(release);
    left = next;
  }
  return chain;
}

test.each([
  ["nothing that undeclared properties can upset", false],
  ["also what undeclared properties can upset", true],
])(
  "through releases that have little in common, %s, a value comes out as if each of them had projected it",
  (_, fragile) => {
    const seed = Number(process.env["SEED"] ?? Date.now());
    const samples = fc.sample(cases({ fragile }), { seed, numRuns: 1_000 });
    const pool = samples.map(({ schema }) => releaseOf(schema));
    const differences: unknown[] = [];
    let count = 0;
    for (const [index, { value }] of samples.entries()) {
      const chain = chainFor(value, pool.slice(index, index + 40));
      if (chain.length < 3) continue;
      count += 1;
      const { arrived, expected } = outcomes(chain, value);
      if (JSON.stringify(arrived) !== JSON.stringify(expected))
        differences.push({
          value,
          expected,
          arrived,
          chain: chain.map((each) => each.document.request),
        });
    }

    expect(count).toBeGreaterThan(100);
    expect(differences, `with seed ${seed}`).toEqual([]);
  },
);
