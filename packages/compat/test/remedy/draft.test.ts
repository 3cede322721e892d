/** The promise of a drafted adapter: applied to what the sender means, it makes the pair compatible. */
import type { Schema } from "@concordat/core";
import { compileSteps } from "@concordat/core/internal";
import { describe, expect, test } from "vitest";
import { compareSchemas } from "../../src/index.ts";
import { Chance } from "../random/chance.ts";
import { isEmitted, isValid } from "../random/emission.ts";
import { type Members, type Raw, randomSchema } from "../random/schema.ts";
import { randomValue } from "../random/value.ts";

type Edit = (properties: Members, required: string[]) => readonly [Members, string[]];

const text = { type: "string" };

/** Changes of one object that has the required texts `a` and `b`. */
const edits: { readonly [name: string]: Edit } = {
  "a required property renamed": ({ a: moved = true, ...rest }) => [
    { ...rest, z: moved },
    ["z", "b"],
  ],
  "an optional property renamed": ({ c: moved = true, ...rest }, required) => [
    { ...rest, z: moved },
    required,
  ],
  "a required property added": (properties, required) => [
    { ...properties, z: { type: "integer", minimum: 3 } },
    [...required, "z"],
  ],
  "a required property with a default added": (properties, required) => [
    { ...properties, z: { ...text, default: "none" } },
    [...required, "z"],
  ],
  "a required property removed": (properties) => [without(properties, "a"), ["b"]],
  "a property made required": (properties, required) => [properties, [...required, "c"]],
  "a property made optional": (properties) => [properties, ["b"]],
  "a literal changed": (properties, required) => [
    { ...properties, tag: { const: "new" } },
    required,
  ],
  "an enum member replaced": (properties, required) => [
    { ...properties, state: { enum: ["open", "gone"] } },
    required,
  ],
  "a value wrapped in an array": (properties, required) => [
    { ...properties, a: { type: "array", items: text, minItems: 1 } },
    required,
  ],
  "a required property moved inside": ({ a: moved = true, inside = true, ...rest }) => {
    const holder = typeof inside === "boolean" ? {} : inside;
    return [
      {
        ...rest,
        inside: { type: "object", properties: { ...holder.properties, a: moved }, required: ["a"] },
      },
      ["b", "inside"],
    ];
  },
};

function without(properties: Members, name: string): Members {
  return Object.fromEntries(Object.entries(properties).filter(([other]) => other !== name));
}

/** An object that every edit can change. */
function base(chance: Chance): readonly [Members, string[]] {
  const free = randomSchema(chance, { isHard: false }, 0, "object");
  return [
    {
      a: text,
      b: text,
      c: { type: "integer" },
      tag: { const: "old" },
      state: { enum: ["open", "shut"] },
      inside: { type: "object", properties: { d: free } },
    },
    ["a", "b", "inside"],
  ];
}

/** A variant that no edit touches, and that would be broken by the steps for the other one. */
const beside: Raw = {
  type: "object",
  properties: {
    a: text,
    b: text,
    z: { type: "boolean" },
    tag: { const: "old" },
    state: { enum: ["open", "shut"] },
    inside: { type: "object", properties: { d: text } },
  },
  required: ["a"],
};

function tagged(kind: string, inner: Raw): Raw {
  const { properties = {}, required = [] } = Object(inner) as Exclude<Raw, boolean>; // made here
  return {
    ...Object(inner),
    properties: { ...properties, kind: { const: kind } },
    required: [...required, "kind"],
  };
}

/** The object in the middle of a message. */
const places: { readonly [name: string]: (inner: Raw) => Raw } = {
  "at the root": (inner) => inner,
  "in a property": (inner) => ({ type: "object", properties: { held: inner }, required: ["held"] }),
  "in elements": (inner) => ({
    type: "object",
    properties: { list: { type: "array", items: inner } },
  }),
  "in a variant, beside one that has the same names": (inner) => ({
    type: "array",
    items: { anyOf: [tagged("changed", inner), tagged("same", beside)] },
  }),
};

function message(place: (inner: Raw) => Raw, properties: Members, required: string[]): Raw {
  const whole = place({ type: "object", properties, required });
  return { ...Object(whole), definitions: { A: text, B: text } };
}

describe.each(Object.entries(edits))("%s", (_, edit) => {
  test.each(Object.entries(places))(
    "%s is mended by its draft in both positions",
    (_place, place) => {
      for (let seed = 1; seed <= 12; seed += 1) {
        const chance = new Chance(seed);
        const [properties, required] = base(chance);
        const before = message(place, properties, required);
        const after = message(place, ...edit({ ...properties }, [...required]));
        for (const position of ["request", "response"] as const) {
          // Well-formed: they are made above.
          const { changes } = compareSchemas(before as Schema, after as Schema, position);
          const steps = changes.flatMap(({ adapter }) => adapter ?? []);
          const hurt = changes.filter(
            ({ verdict }) => verdict === "breaking" || verdict === "lossy",
          );
          const [sender, receiver] = position === "request" ? [before, after] : [after, before];
          if (hurt.length === 0) continue;

          let tried = 0;
          for (let tries = 0; tries < 60 && tried < 15; tries += 1) {
            const value = randomValue(chance, sender, sender);
            if (!isEmitted(sender, value)) continue;
            tried += 1;
            const mended = compileSteps(steps)(value);
            expect({
              position,
              seed,
              value,
              steps,
              mended,
              valid: isValid(receiver, receiver, mended),
            }).toMatchObject({ valid: true });
            expect({ value, steps, mended, declared: isEmitted(receiver, mended) }).toMatchObject({
              declared: true,
            });
          }
          expect(tried).toBeGreaterThan(0);
        }
      }
    },
  );
});

const counts: Schema = { type: "object", additionalProperties: { type: "integer" } };

test.each([
  ["a property called *", (inner: Schema) => ({ properties: { "*": inner, counts } })],
  [
    "other properties than one",
    (inner: Schema) => ({ properties: { counts }, additionalProperties: inner }),
  ],
  [
    "the elements behind one",
    (inner: Schema) => ({
      properties: { list: { type: "array" as const, prefixItems: [counts], items: inner } },
    }),
  ],
])("nothing is drafted for %s, where a step would reach what stands beside", (_, around) => {
  const whole = (names: readonly string[]): Schema => {
    const properties = Object.fromEntries(
      names.map((name) => [name, { type: "string", default: "" } as const]),
    );
    return { type: "object", ...around({ type: "object", properties, required: [...names] }) };
  };

  const { verdict, changes } = compareSchemas(whole(["a"]), whole(["a", "z"]), "request");

  expect(verdict).toBe("breaking");
  expect(changes.flatMap(({ adapter }) => adapter ?? [])).toEqual([]);
});

test.each([
  ["request", "enum-member-removed", "open", "parked"],
  ["response", "enum-member-added", "parked", "open"],
] as const)(
  "of a value that another one replaced in a %s, only %s breaks, and has the step that helps",
  (position, rule, from, to) => {
    const before: Schema = { enum: ["open", "shut", "gone"] };
    const after: Schema = { enum: ["parked", "shut", "gone"] };

    const { changes } = compareSchemas(before, after, position);

    expect(changes.filter(({ verdict }) => verdict === "breaking")).toMatchObject([
      { rule, witness: from, adapter: [{ step: "literal", at: "", values: [[from, to]] }] },
    ]);
    expect(changes).toHaveLength(2);
  },
);
