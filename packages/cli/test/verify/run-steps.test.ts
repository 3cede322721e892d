/** The plain reading of an adapter's steps, which judges the server's. */
import type { AdapterStep } from "@concordat/core";
import { compileSteps } from "@concordat/core/internal";
import { expect, test } from "vitest";

import { runSteps } from "../../src/verify/run-steps.ts";

const value = {
  a: 1,
  b: "x",
  list: [
    { k: "p", n: 1 },
    { k: "q", n: 2 },
  ],
  inner: { c: true },
  none: [],
};

const cases: readonly (readonly AdapterStep[])[] = [
  [{ step: "rename", at: "", from: "a", to: "b" }],
  [{ step: "rename", at: "", from: "none", to: "b" }],
  [
    { step: "default", at: "", name: "a", value: 2 },
    { step: "default", at: "", name: "z", value: [] },
  ],
  [{ step: "constant", at: "/inner", name: "c", value: false }],
  [{ step: "drop", at: "", names: ["a", "b"], when: 1 }],
  [
    { step: "wrap", at: "/a" },
    { step: "head", at: "/list" },
  ],
  [{ step: "hoist", at: "", name: "c", inside: "inner" }],
  [
    { step: "plunge", at: "", name: "a", inside: "inner" },
    { step: "plunge", at: "", name: "b", inside: "new" },
  ],
  [{ step: "hoist", at: "", name: "none", inside: "inner" }],
  [{ step: "hoist", at: "", name: "c", inside: "b" }],
  [{ step: "plunge", at: "", name: "none", inside: "inner" }],
  [{ step: "plunge", at: "", name: "a", inside: "b" }],
  [{ step: "rename", at: "/a/deeper", from: "n", to: "m" }],
  [{ step: "rename", at: "/*", from: "c", to: "d" }],
  [{ step: "rename", at: "/b", from: "c", to: "d" }],
  [{ step: "constant", at: "", name: "z", value: { deep: [1] } }],
  [{ step: "head", at: "/none" }],
  [{ step: "head", at: "/b" }],
  [{ step: "map", at: "/inner", steps: [{ step: "wrap", at: "" }] }],
  [{ step: "literal", at: "/b", values: [["p", "q"]] }],
  [{ step: "drop", at: "", names: ["a", "b"], when: null }],
  [{ step: "map", at: "/list", steps: [{ step: "rename", at: "", from: "n", to: "m" }] }],
  [
    {
      step: "variant",
      at: "/list/*",
      tag: "k",
      is: "q",
      steps: [{ step: "drop", at: "", names: ["n"] }],
    },
  ],
  [
    {
      step: "literal",
      at: "/list/*/k",
      values: [
        ["p", "q"],
        ["q", "p"],
      ],
    },
  ],
];

test.each(cases)("agrees with the server on %j", (...steps) => {
  expect(runSteps(steps, value)).toStrictEqual(compileSteps(steps)(value));
});
