/** What is derived is served: every value that an older client may send, carried over, is one of the newer release. */
import type { ReleaseDocument, Schema } from "@concordat/core";
import { compileSteps } from "@concordat/core/internal";
import { expect, test } from "vitest";

import { deriveAdapter } from "../../src/index.ts";
import { release, type Written } from "../fixture/release.ts";
import { Chance } from "../random/chance.ts";
import { isEmitted, isValid } from "../random/emission.ts";
import { type Raw, randomSchema } from "../random/schema.ts";
import { randomValue } from "../random/value.ts";

const text: Schema = { type: "string" };

function object(properties: { readonly [name: string]: Schema }, required: readonly string[] = []) {
  return { type: "object", properties, required } as const;
}

function derived(before: Written, after: Written, newer: Partial<ReleaseDocument> = {}) {
  const older = release({ place: before });
  return deriveAdapter(older, { ...release({ place: after }), release: "2.0.0", ...newer });
}

test("between releases that a procedure fits as it is, nothing has to be done", () => {
  const adapter = derived(
    { request: object({ a: text }), response: object({ a: text }, ["a"]) },
    { request: object({ a: text, b: text }), response: object({ a: text, b: text }, ["a", "b"]) },
  );

  expect(adapter).toEqual({ from: "1.0.0", to: "2.0.0", procedures: { place: {} } });
});

test("what a request loses is named", () => {
  const adapter = derived(
    { request: object({ a: text, b: text }) },
    { request: object({ a: text }) },
  );

  expect(adapter.procedures).toEqual({ place: { lost: ["/b"] } });
});

test("a required property with a stated default is filled in", () => {
  const adapter = derived(
    { request: object({ a: text }) },
    { request: object({ a: text, b: { type: "integer", default: 3 } }, ["b"]) },
  );

  expect(adapter.procedures).toEqual({
    place: { request: [{ step: "default", at: "", name: "b", value: 3 }] },
  });
});

test.each<[string, Written, Written]>([
  [
    "is not valid where it stands",
    { request: object({}) },
    { request: object({ b: { type: "integer", default: "x" } }, ["b"]) },
  ],
  [
    "does not help alone",
    { request: object({ a: text }) },
    { request: object({ a: { type: "integer" }, b: { type: "integer", default: 3 } }, ["b"]) },
  ],
  [
    "stands where properties are counted",
    { request: object({}) },
    { request: { ...object({ b: { type: "integer", default: 3 } }, ["b"]), maxProperties: 0 } },
  ],
  [
    "is in a response to older clients",
    { response: object({ b: { type: "integer", default: 3 } }, ["b"]) },
    { response: object({}) },
  ],
])("a default that %s is not filled in", (_name, before, after) => {
  expect(derived(before, after).procedures).toEqual({});
});

test.each<[string, Written, Written]>([
  ["breaks", { request: text }, { request: { type: "integer" } }],
  ["cannot be decided", { request: text }, { request: { type: "string", format: "x" } }],
  ["is of another kind", {}, { kind: "serverStream" }],
  [
    "carries another error",
    { errors: { lost: object({ a: text }, ["a"]) } },
    { errors: { lost: object({}) } },
  ],
  ["did not change", {}, {}],
])("a procedure that %s is left to whoever writes the adapter", (_name, before, after) => {
  expect(derived(before, after).procedures).toEqual({});
});

test("a procedure that is gone, or is new, is nothing to derive", () => {
  const adapter = deriveAdapter(release({ old: {} }), release({ new: {} }));

  expect(adapter.procedures).toEqual({});
});

test("whatever two requests are: if something is derived, every older value arrives valid", () => {
  let held = 0;
  for (let seed = 1; seed <= 120; seed += 1) {
    const chance = new Chance(seed);
    const inner = (): Schema => randomSchema(chance, { isHard: false }, 1, "object") as Schema; // well-formed
    const shared = inner();
    const before = object({ a: shared, b: text }, ["a"]);
    const after = object(
      { a: chance.below(2) === 0 ? shared : inner(), c: { type: "integer", default: 1 } },
      ["a", "c"],
    );
    const conversion = derived({ request: before }, { request: after }).procedures["place"];
    if (conversion === undefined) continue;
    const [sender, receiver] = [before, after] as unknown as readonly [Raw, Raw]; // they are never written to
    const run = compileSteps(conversion.request ?? []);
    for (let tries = 0; tries < 20; tries += 1) {
      const value = randomValue(chance, sender, sender);
      if (!isEmitted(sender, value)) continue;
      held += 1;
      expect({ seed, value, valid: isValid(receiver, receiver, run(value)) }).toMatchObject({
        valid: true,
      });
    }
  }
  expect(held).toBeGreaterThan(200);
}, 60_000);
