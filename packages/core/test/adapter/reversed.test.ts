/** What leads back from the newer form: where nothing is said to be lost, there and back is where one set out. */
import * as fc from "fast-check";
import { expect, test } from "vitest";

import type { AdapterStep, Json } from "../../src/index.ts";
import { compileSteps, reversed } from "../../src/internal.ts";

/** Each step with a value of the older form that it fits. */
const lossless: readonly (readonly [AdapterStep, Json])[] = [
  [
    { step: "rename", at: "", from: "a", to: "z" },
    { a: 1, b: 2 },
  ],
  [{ step: "rename", at: "/*", from: "a", to: "z" }, [{ a: 1 }, { b: 2 }]],
  [{ step: "wrap", at: "/a" }, { a: [1, 2] }],
  [{ step: "hoist", at: "", name: "a", inside: "in" }, { in: { a: 1, b: 2 } }],
  [{ step: "map", at: "", steps: [{ step: "wrap", at: "" }] }, [1, 2]],
  [{ step: "literal", at: "/a", values: [["x", "y"]] }, { a: "x" }],
  [
    {
      step: "variant",
      at: "/*",
      tag: "kind",
      is: "x",
      steps: [
        { step: "rename", at: "", from: "a", to: "z" },
        { step: "literal", at: "/kind", values: [["x", "y"]] },
        { step: "rename", at: "", from: "kind", to: "type" },
      ],
    },
    [{ kind: "x", a: 1 }],
  ],
];

test.each(lossless)("%o leads back whole", (step, value) => {
  const { steps, lost } = reversed([step]);

  expect(lost).toEqual([]);
  expect(compileSteps(steps)(compileSteps([step])(value))).toEqual(value);
});

test.each<[AdapterStep, readonly string[]]>([
  [{ step: "drop", at: "/x", names: ["a", "b"] }, ["/x/a", "/x/b"]],
  [{ step: "drop", at: "", names: ["a"], when: null }, ["/a"]],
  [{ step: "default", at: "", name: "a", value: 1 }, ["/a"]],
  [{ step: "constant", at: "", name: "a/b", value: 1 }, ["/a~1b"]],
  [{ step: "head", at: "/a" }, ["/a"]],
  [{ step: "plunge", at: "", name: "a", inside: "in" }, ["/in"]],
  [
    {
      step: "literal",
      at: "/a",
      values: [
        ["x", "z"],
        ["y", "z"],
      ],
    },
    ["/a"],
  ],
  [{ step: "map", at: "/l", steps: [{ step: "head", at: "/a" }] }, ["/l/*/a"]],
])("%o says what it loses", (step, lost) => {
  expect(reversed([step]).lost).toEqual(lost);
});

test("what is lost is named as the older form names it", () => {
  const steps: readonly AdapterStep[] = [
    { step: "rename", at: "", from: "old", to: "new" },
    { step: "drop", at: "/new", names: ["a"] },
  ];

  expect(reversed(steps).lost).toEqual(["/old/a"]);
});

test("any chain of steps that lose nothing leads back whole", () => {
  const fresh = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1 });
  fc.assert(
    fc.property(fresh, fc.dictionary(fc.constantFrom("x", "y"), fc.integer()), (names, value) => {
      const steps = names.flatMap((name, index): readonly AdapterStep[] => [
        { step: "rename", at: "", from: names[index - 1] ?? "x", to: name },
        { step: "wrap", at: `/${name}` },
      ]);
      const back = reversed(steps);

      expect(back.lost).toEqual([]);
      expect(compileSteps(back.steps)(compileSteps(steps)(value))).toEqual(value);
    }),
  );
});
