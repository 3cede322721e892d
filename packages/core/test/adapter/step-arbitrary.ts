/** Random steps over a few names, so that they meet. */
import * as fc from "fast-check";
import type { AdapterStep } from "../../src/index.ts";

export const name = fc.constantFrom("a", "b", "c", "d");
const at = fc.constantFrom("", "/a", "/b", "/*", "/a/b", "/a/*", "/0");
export const json = fc.constantFrom(1, 2, "x", null, { a: 1 }, [1]);
export const { step: anyStep } = fc.letrec<{ step: AdapterStep }>((tie) => ({
  step: fc.oneof(
    fc.record({ step: fc.constant("rename" as const), at, from: name, to: name }),
    fc.record({
      step: fc.constantFrom("default" as const, "constant" as const),
      at,
      name,
      value: json,
    }),
    fc.record({ step: fc.constant("drop" as const), at, names: fc.array(name, { maxLength: 2 }) }),
    fc.record({ step: fc.constant("drop" as const), at, names: fc.tuple(name), when: json }),
    fc.record({ step: fc.constantFrom("wrap" as const, "head" as const), at }),
    fc.record({
      step: fc.constantFrom("hoist" as const, "plunge" as const),
      at,
      name,
      inside: name,
    }),
    fc.record({
      step: fc.constant("map" as const),
      at,
      steps: fc.array(tie("step"), { maxLength: 2 }),
    }),
    fc.record({
      step: fc.constant("variant" as const),
      at,
      tag: name,
      is: json,
      steps: fc.array(tie("step"), { maxLength: 2 }),
    }),
    fc.record({
      step: fc.constant("literal" as const),
      at,
      values: fc.array(fc.tuple(json, json), { maxLength: 2 }),
    }),
  ),
}));
