/** The steps of an adapter, one by one and together, and what they do with values that do not fit. */
import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { AdapterStep } from "../../src/index.ts";
import { compileSteps } from "../../src/internal.ts";
import { anyStep, json, name } from "./step-arbitrary.ts";

function applySteps(steps: readonly AdapterStep[], value: unknown): unknown {
  return compileSteps(steps)(value);
}

const examples: readonly (readonly [
  name: string,
  steps: readonly AdapterStep[],
  value: unknown,
  expected: unknown,
])[] = [
  [
    "rename moves a value and keeps the order",
    [{ step: "rename", at: "", from: "a", to: "z" }],
    { a: 1, b: 2 },
    { z: 1, b: 2 },
  ],
  [
    "rename leaves an object without the name",
    [{ step: "rename", at: "", from: "a", to: "z" }],
    { b: 2 },
    { b: 2 },
  ],
  [
    "default fills what is absent",
    [{ step: "default", at: "", name: "a", value: 7 }],
    {},
    { a: 7 },
  ],
  [
    "default keeps what is there, also null",
    [{ step: "default", at: "", name: "a", value: 7 }],
    { a: null },
    { a: null },
  ],
  [
    "constant replaces what is there",
    [{ step: "constant", at: "", name: "a", value: 7 }],
    { a: 1 },
    { a: 7 },
  ],
  ["drop removes", [{ step: "drop", at: "", names: ["a", "b"] }], { a: 1, b: 2, c: 3 }, { c: 3 }],
  [
    "drop with a value removes only that value",
    [{ step: "drop", at: "/*", names: ["a"], when: null }],
    [{ a: null }, { a: 1 }],
    [{}, { a: 1 }],
  ],
  ["wrap makes a list of one", [{ step: "wrap", at: "/a" }], { a: 1 }, { a: [1] }],
  ["head takes the first", [{ step: "head", at: "/a" }], { a: [1, 2] }, { a: 1 }],
  ["head leaves an empty list", [{ step: "head", at: "/a" }], { a: [] }, { a: [] }],
  [
    "plunge moves inside",
    [{ step: "plunge", at: "", name: "a", inside: "in" }],
    { a: 1, in: { b: 2 } },
    { in: { b: 2, a: 1 } },
  ],
  [
    "plunge makes the inner object",
    [{ step: "plunge", at: "", name: "a", inside: "in" }],
    { a: 1 },
    { in: { a: 1 } },
  ],
  [
    "hoist moves outside",
    [{ step: "hoist", at: "", name: "a", inside: "in" }],
    { in: { a: 1, b: 2 } },
    { in: { b: 2 }, a: 1 },
  ],
  [
    "literal maps listed values",
    [
      {
        step: "literal",
        at: "/*",
        values: [
          ["a", "z"],
          [{ k: 1 }, null],
        ],
      },
    ],
    ["a", "b", { k: 1 }],
    ["z", "b", null],
  ],
  [
    "variant works where the tag says so",
    [
      {
        step: "variant",
        at: "/*",
        tag: "t",
        is: "x",
        steps: [{ step: "drop", at: "", names: ["a"] }],
      },
    ],
    [{ t: "x", a: 1 }, { t: "y", a: 1 }, "x"],
    [{ t: "x" }, { t: "y", a: 1 }, "x"],
  ],
  [
    "map works on every element",
    [{ step: "map", at: "/l", steps: [{ step: "wrap", at: "" }] }],
    { l: [1, 2] },
    { l: [[1], [2]] },
  ],
  [
    "a pointer reaches through lists and escaped names",
    [{ step: "rename", at: "/l/*/a~1b", from: "x", to: "y" }],
    { l: [{ "a/b": { x: 1 } }] },
    { l: [{ "a/b": { y: 1 } }] },
  ],
  [
    "steps follow one another",
    [
      { step: "rename", at: "", from: "a", to: "b" },
      { step: "wrap", at: "/b" },
    ],
    { a: 1 },
    { b: [1] },
  ],
  [
    "a pointer that leads nowhere changes nothing",
    [{ step: "wrap", at: "/a/b/c" }],
    { a: 5 },
    { a: 5 },
  ],
  [
    "a value that is no object is left alone",
    [{ step: "rename", at: "", from: "a", to: "b" }],
    "text",
    "text",
  ],
];

test.each<[name: string, steps: readonly AdapterStep[], value: unknown]>([
  [
    "what is done further inside of a property does not go over to another that has its new name",
    [
      { step: "wrap", at: "/a/*" },
      { step: "rename", at: "", from: "a", to: "d" },
    ],
    { d: { a: 1 } },
  ],
  [
    "what is done after a rename is done to what had the name before, too",
    [
      { step: "wrap", at: "/a/*" },
      { step: "rename", at: "", from: "a", to: "d" },
      { step: "constant", at: "/d", name: "x", value: 1 },
    ],
    { d: { a: 1 } },
  ],
  [
    "an element keeps what is done with it, whatever is renamed",
    [
      { step: "wrap", at: "/0/a" },
      { step: "rename", at: "", from: "0", to: "a" },
    ],
    [{ a: 1 }],
  ],
])("together as one by one: %s", (_, steps, value) => {
  const oneByOne = steps.reduce<unknown>((part, step) => applySteps([step], part), value);

  expect(applySteps(steps, value)).toEqual(oneByOne);
});

test.each(examples)("%s", (_, steps, value, expected) => {
  expect(applySteps(steps, value)).toEqual(expected);
});

const { value: anyValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    json,
    fc.dictionary(name, tie("value"), { maxKeys: 4 }),
    fc.array(tie("value"), { maxLength: 3 }),
  ),
}));

test("steps done in one walk do what they do one after the other", () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 8 }), anyValue, (steps, value) => {
      const oneByOne = steps.reduce<unknown>((part, step) => applySteps([step], part), value);

      expect(applySteps(steps, value)).toEqual(oneByOne);
    }),
    { numRuns: 2_000 },
  );
});

/** Does something where functions may not be made of text, as on a page or in a worker. */
function withoutText<T>(run: () => T): T {
  vi.stubGlobal("Function", () => {
    throw new EvalError("Code generation from strings disallowed for this context");
  });
  try {
    return run();
  } finally {
    vi.unstubAllGlobals();
  }
}

const anyName = fc.constantFrom(
  "a",
  "b",
  "c",
  "d",
  "__proto__",
  "toString",
  '"]; throw 1; ["',
  "\u2028",
);
const members = fc.dictionary(anyName, fc.oneof(anyValue, fc.constant(undefined)), { maxKeys: 5 });

test("steps do the same to one value after the other, whether functions may be made of text or not", () => {
  fc.assert(
    fc.property(
      fc.array(anyStep, { maxLength: 8 }),
      fc.array(fc.oneof(anyValue, members), { maxLength: 12 }),
      (steps, values) => {
        const quick = compileSteps(steps);
        const results = [...values, ...values].map((value) => quick(value));

        const slow = withoutText(() => values.map((value) => compileSteps(steps)(value)));

        expect(results).toStrictEqual([...slow, ...slow]);
      },
    ),
    { numRuns: 2_000 },
  );
});

test("objects with ever other properties are built as those before them were", () => {
  const run = compileSteps([{ step: "rename", at: "", from: "a", to: "z" }]);
  const given = Array.from({ length: 40 }, (_, index) => ({ a: index, [`n${index}`]: true }));

  expect(given.map((value) => run(value))).toEqual(
    given.map(({ a, ...rest }) => ({ ...rest, z: a })),
  );
});

test("a chain of renames and changes further inside is one walk", () => {
  const steps = ["b", "c", "d"].flatMap((to, index): readonly AdapterStep[] => {
    const from = ["a", "b", "c"][index] ?? "";
    return [
      { step: "rename", at: "", from, to },
      { step: "constant", at: `/${to}`, name: `n${index}`, value: index },
    ];
  });
  let copies = 0;
  const value = new Proxy(
    { a: {}, z: 1 },
    { ownKeys: (target) => (copies++, Reflect.ownKeys(target)) },
  );

  expect(applySteps(steps, value)).toEqual({ d: { n0: 0, n1: 1, n2: 2 }, z: 1 });
  expect(copies).toBe(1);
});

test("the given value is never changed", () => {
  const value = Object.freeze({ a: Object.freeze({ b: Object.freeze([1]) }) });

  applySteps(
    [
      { step: "wrap", at: "/a/b/*" },
      { step: "constant", at: "/a", name: "c", value: 1 },
    ],
    value,
  );

  expect(value).toEqual({ a: { b: [1] } });
});

test("a property called __proto__ is data, whoever sent it", () => {
  const value: unknown = JSON.parse('{"__proto__":{"polluted":true},"a":1}');

  const result = applySteps([{ step: "rename", at: "", from: "a", to: "__proto__" }], value);

  expect(Object.getPrototypeOf(result)).toBe(Object.prototype);
  expect(Object.hasOwn(Object(result), "__proto__")).toBe(true);
  expect(Object(result).polluted).toBeUndefined();
});

test("bytes and timestamps pass through as they are", () => {
  const value = { a: new Uint8Array([1]), b: new Date(0) };

  expect(applySteps([{ step: "drop", at: "/*", names: ["0", "getTime"] }], value)).toEqual(value);
});
