/** What is derived is served: every value that an older client may send, carried over, is one of the newer release. */
import type { AdapterStep, ReleaseDocument, Schema } from "@concordat/core";
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

/** An object that says by `kind` which variant it is. */
function tagged(
  kind: string,
  properties: { readonly [name: string]: Schema } = {},
  ...required: readonly string[]
): Schema {
  return object({ kind: { const: kind, default: kind }, ...properties }, ["kind", ...required]);
}

type WithDefinitions = readonly [request: Schema, definitions: { readonly [name: string]: Schema }];

function derivedWith([before, older]: WithDefinitions, [after, newer]: WithDefinitions) {
  return deriveAdapter(release({ place: { request: before } }, older), {
    ...release({ place: { request: after } }, newer),
    release: "2.0.0",
  }).procedures;
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

test("what a procedure promises beside its messages keeps nothing from being derived", () => {
  const adapter = derived({ idempotent: true }, { idempotent: false });

  expect(adapter.procedures).toEqual({ place: {} });
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

test("what is lost beside what is filled in is named", () => {
  const adapter = derived(
    { request: object({ a: text, gone: text }) },
    { request: object({ a: text, b: { type: "integer", default: 3 } }, ["b"]) },
  );

  expect(adapter.procedures).toEqual({
    place: { request: [{ step: "default", at: "", name: "b", value: 3 }], lost: ["/gone"] },
  });
});

test("a procedure is derived by its own changes alone, and one that cannot be has no entry", () => {
  const adapter = deriveAdapter(
    release({
      breaks: { request: text },
      fits: { request: object({ a: text }) },
      loses: { request: object({ a: text }) },
    }),
    release({
      breaks: { request: { type: "integer" } },
      fits: { request: object({ a: text, b: text }) },
      loses: { request: object({}) },
    }),
  );

  expect(adapter.procedures).toStrictEqual({ fits: {}, loses: { lost: ["/a"] } });
});

function manyTexts(count: number): Readonly<Record<string, Schema>> {
  return Object.fromEntries(Array.from({ length: count }, (_, at) => [`p${at}`, text]));
}

const whole = { type: "integer" } as const;
const three = { type: "integer", default: 3 } as const;
const noObjects: readonly Schema[] = [
  { const: "none" },
  { enum: ["x", null] },
  { type: ["integer", "boolean"] },
];
const told = { title: "in", description: "What is in it.", default: null };

test.each<[string, Schema, Schema, readonly AdapterStep[]]>([
  [
    "in an object further inside",
    object({ in: object({ a: text }) }, ["in"]),
    object({ in: object({ a: text, b: three }, ["b"]) }, ["in"]),
    [{ step: "default", at: "/in", name: "b", value: 3 }],
  ],
  [
    "in every element of an array",
    object({ lines: { type: "array", items: object({ a: text }) } }),
    object({ lines: { type: "array", items: object({ a: text, b: three }, ["b"]) } }),
    [{ step: "default", at: "/lines/*", name: "b", value: 3 }],
  ],
  [
    "in what may be null",
    object({ in: { anyOf: [{ type: "null" }, object({ a: text })] } }, ["in"]),
    object({ in: { anyOf: [{ type: "null" }, object({ a: text, b: three }, ["b"])] } }, ["in"]),
    [{ step: "default", at: "/in", name: "b", value: 3 }],
  ],
  [
    "in what may be null and has a title, a description and a default",
    object({ in: { anyOf: [{ type: "null" }, object({ a: text })], ...told } }, ["in"]),
    object({ in: { anyOf: [{ type: "null" }, object({ a: text, b: three }, ["b"])], ...told } }, [
      "in",
    ]),
    [{ step: "default", at: "/in", name: "b", value: 3 }],
  ],
  [
    "in what may be a constant, one of a few texts or of a few types instead",
    object({ in: { anyOf: [...noObjects, object({ a: text })] } }, ["in"]),
    object({ in: { anyOf: [...noObjects, object({ a: text, b: three }, ["b"])] } }, ["in"]),
    [{ step: "default", at: "/in", name: "b", value: 3 }],
  ],
  [
    "in the variant that has it, and in no other",
    { anyOf: [tagged("card"), tagged("cash", { a: text })] },
    { anyOf: [tagged("card", { b: text }), tagged("cash", { a: text, b: three }, "b")] },
    [
      {
        step: "variant",
        at: "",
        tag: "kind",
        is: "cash",
        steps: [{ step: "default", at: "", name: "b", value: 3 }],
      },
    ],
  ],
  [
    "where a name has to be quoted",
    object({ "a/b~": object({}) }),
    object({ "a/b~": object({ b: three }, ["b"]) }),
    [{ step: "default", at: "/a~1b~0", name: "b", value: 3 }],
  ],
  [
    "only where the older release does not send it always",
    object({ b: three, in: object({}) }, ["b"]),
    object({ b: { type: "integer", default: 4 }, in: object({ c: three }, ["c"]) }, ["b"]),
    [{ step: "default", at: "/in", name: "c", value: 3 }],
  ],
  [
    "only where the older release does not send it in every element",
    { type: "array", items: object({ b: whole }, ["b"]) },
    { type: "array", items: object({ b: three, c: three }, ["b", "c"]) },
    [{ step: "default", at: "/*", name: "c", value: 3 }],
  ],
  [
    "of names that every object has",
    object({ constructor: object({}) }),
    object({ constructor: object({ toString: three }, ["toString"]), valueOf: three }, ["valueOf"]),
    [
      { step: "default", at: "", name: "valueOf", value: 3 },
      { step: "default", at: "/constructor", name: "toString", value: 3 },
    ],
  ],
  [
    "in an object and an array that have titles, examples and bounds",
    object({ in: { type: "array", items: object({}), maxItems: 2, ...told } }),
    {
      ...object({
        in: { type: "array", items: { ...object({ b: three }, ["b"]), ...told }, maxItems: 2 },
      }),
      examples: [{}],
      deprecated: true,
    },
    [{ step: "default", at: "/in/*", name: "b", value: 3 }],
  ],
])("a stated default is filled in %s", (_name, before, after, request) => {
  expect(derived({ request: before }, { request: after }).procedures).toEqual({
    place: { request },
  });
});

test("a stated default is filled in through a definition, and a message that contains itself is left alone", () => {
  const line = (...required: string[]): Schema => object({ a: text, b: three }, required);
  const tree = (...required: string[]): Schema =>
    object({ b: three, down: { $ref: "#/definitions/Tree" } }, required);
  const request = object({
    line: { $ref: "#/definitions/Line" },
    again: { $ref: "#/definitions/Line" },
  });
  const top: Schema = { $ref: "#/definitions/Tree" };

  expect(derivedWith([request, { Line: line() }], [request, { Line: line("b") }])).toEqual({
    place: {
      request: [
        { step: "default", at: "/line", name: "b", value: 3 },
        { step: "default", at: "/again", name: "b", value: 3 },
      ],
    },
  });
  expect(derivedWith([top, { Tree: tree() }], [top, { Tree: tree("b") }])).toEqual({});
});

test("a stated default is filled in where the older release has a definition of its own, and only what that does not send", () => {
  const request = object({ line: { $ref: "#/definitions/Line" } });
  const newer = object({ b: three, c: three }, ["b", "c"]);

  expect(
    derivedWith([request, { Line: object({ b: whole }, ["b"]) }], [request, { Line: newer }]),
  ).toEqual({
    place: { request: [{ step: "default", at: "/line", name: "c", value: 3 }] },
  });
});

test("a stated default is filled in beside a message that contains itself", () => {
  const down: Schema = { $ref: "#/definitions/Tree" };
  const definitions = { Tree: object({ a: text, b: three, down }) };
  const [older, newer] = [object({ down }), object({ down, c: three }, ["c"])];

  expect(derivedWith([older, definitions], [newer, definitions])).toEqual({
    place: { request: [{ step: "default", at: "", name: "c", value: 3 }] },
  });
});

test("a message whose parts double with every definition is left alone", () => {
  const definitions = (last: Schema): { readonly [name: string]: Schema } => ({
    ...Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => {
        const next = { $ref: `#/definitions/D${at + 1}` };
        return [`D${at}`, object({ left: next, right: next })];
      }),
    ),
    D40: last,
  });
  const top: Schema = { $ref: "#/definitions/D0" };
  const [older, newer] = [object({}), object({ b: three }, ["b"])];

  expect(derivedWith([top, definitions(older)], [top, definitions(newer)])).toEqual({});
});

test("a stated default is filled in among many parts", () => {
  const adapter = derived(
    { request: object(manyTexts(1_500)) },
    { request: object({ b: three, ...manyTexts(1_500) }, ["b"]) },
  );

  expect(adapter.procedures).toEqual({
    place: { request: [{ step: "default", at: "", name: "b", value: 3 }] },
  });
});

test("streams of requests are filled in item by item, whichever way answers go", () => {
  for (const kind of ["clientStream", "bidiStream"] as const) {
    const adapter = derived(
      { kind, request: object({}), response: object({ a: text }, ["a"]) },
      {
        kind,
        request: object({ b: three }, ["b"]),
        response: object({ a: text, c: text }, ["a", "c"]),
      },
    );

    expect(adapter.procedures).toEqual({
      place: { request: [{ step: "default", at: "", name: "b", value: 3 }] },
    });
  }
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
    "stands in an alternative beside which properties are counted",
    { request: { anyOf: [{ type: "null" }, object({})], maxProperties: 0 } },
    { request: { anyOf: [{ type: "null" }, object({ b: three }, ["b"])], maxProperties: 0 } },
  ],
  [
    "would tell variants apart",
    { request: { anyOf: [object({}), tagged("cash")] } },
    { request: { anyOf: [tagged("card", {}, "kind"), tagged("cash", {}, "kind")] } },
  ],
  [
    "stands in an alternative that nothing tells from another",
    { request: { anyOf: [object({ a: text }), object({ c: text })] } },
    {
      request: {
        anyOf: [object({ a: text, b: three }, ["b"]), object({ c: { const: 1 }, b: three }, ["b"])],
      },
    },
  ],
  [
    "stands in an alternative that may leave out what tells it from another",
    { request: { anyOf: ["x", "y"].map((kind) => object({ kind: { const: kind } })) } },
    {
      request: {
        anyOf: ["x", "y"].map((kind) => object({ kind: { const: kind }, b: three }, ["b"])),
      },
    },
  ],
  [
    "stands in an alternative that has the constant of another",
    { request: { anyOf: [tagged("x", { a: text }, "a"), tagged("x", { a: whole }, "a")] } },
    {
      request: {
        anyOf: [
          tagged("x", { a: text, b: three }, "a", "b"),
          tagged("x", { a: whole, b: text }, "a"),
        ],
      },
    },
  ],
  [
    "stands beside an alternative that need not say which it is",
    { request: { anyOf: [tagged("x", { a: text }, "a"), object({ a: whole }, ["a"])] } },
    {
      request: {
        anyOf: [tagged("x", { a: text, b: three }, "a", "b"), object({ a: whole, b: text }, ["a"])],
      },
    },
  ],
  [
    "stands beside an alternative without properties",
    { request: { anyOf: [{ type: "object", maxProperties: 1 }, object({})] } },
    { request: { anyOf: [{ type: "object", maxProperties: 0 }, object({ b: three }, ["b"])] } },
  ],
  [
    "could make two elements the same",
    { request: { type: "array", uniqueItems: true, items: object({ b: three }) } },
    { request: { type: "array", uniqueItems: true, items: object({ b: three }, ["b"]) } },
  ],
  [
    "stands below a name that means every one",
    { request: object({ "*": object({}), other: object({}) }) },
    { request: object({ "*": object({ b: three }, ["b"]), other: object({}) }) },
  ],
  [
    "stands in one place of an array",
    { request: { type: "array", items: [object({})] } },
    { request: { type: "array", items: [object({ b: three }, ["b"])] } },
  ],
  [
    "stands among more parts than anybody looks through",
    { request: object(manyTexts(2_500)) },
    { request: object({ b: three, ...manyTexts(2_500) }, ["b"]) },
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

/** Two forms of one message: the newer one requires here and there what the older one does not send. */
function forms(chance: Chance, depth: number): readonly [older: Schema, newer: Schema] {
  const inner = (): Schema => randomSchema(chance, { isHard: false }, 1, "object") as Schema; // well-formed
  const form = chance.below(depth > 0 ? 5 : 2);
  if (form === 2) {
    const [older, newer] = forms(chance, depth - 1);
    return [
      { type: "array", items: older, maxItems: 3 },
      { type: "array", items: newer, maxItems: 3 },
    ];
  }
  if (form === 3) {
    const [older, newer] = forms(chance, depth - 1);
    return [{ anyOf: [{ type: "null" }, older] }, { anyOf: [{ type: "null" }, newer] }];
  }
  if (form === 4) {
    const kinds = ["x", "y"].map((kind) => {
      const [older, newer] = forms(chance, depth - 1);
      const other = chance.below(2) === 0 ? ["c"] : [];
      return [
        tagged(kind, { in: older }),
        tagged(kind, { in: newer, c: { type: "integer", default: 1 } }, ...other),
      ] as const;
    });
    return [{ anyOf: kinds.map(([older]) => older) }, { anyOf: kinds.map(([, newer]) => newer) }];
  }
  const [older, newer] = depth > 0 ? forms(chance, depth - 1) : [text, text];
  const shared = inner();
  return [
    object({ a: shared, b: text, in: older }, ["a"]),
    object(
      {
        a: chance.below(4) > 0 ? shared : inner(),
        c: { type: "integer", default: 1 },
        in: newer,
      },
      ["a", "c"],
    ),
  ];
}

test("whatever two requests are: if something is derived, every older value arrives valid", () => {
  let held = 0;
  const inside = new Set<string>();
  for (let seed = 1; seed <= 200; seed += 1) {
    const chance = new Chance(seed);
    const [before, after] = forms(chance, chance.below(3));
    const conversion = derived({ request: before }, { request: after }).procedures["place"];
    if (conversion === undefined) continue;
    for (const { step, at } of conversion.request ?? []) inside.add(`${step} ${at}`);
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
  expect(inside).toContain("default /in");
  expect(inside).toContain("default /*");
  expect(inside).toContain("variant ");
}, 60_000);
