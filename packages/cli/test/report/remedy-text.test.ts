/** Each step of a drafted adapter is a clause that a person can follow. */
import type { AdapterStep } from "@concordat/core";
import { expect, test } from "vitest";

import { remedyText } from "../../src/report/remedy-text.ts";

const rename: AdapterStep = { step: "rename", at: "", from: "sku", to: "article" };

const steps: readonly (readonly [says: string, ...steps: AdapterStep[]])[] = [
  ["rename sku to article", rename],
  ["rename sku to article in /order", { ...rename, at: "/order" }],
  [
    "rename sku to article; then leave out note, gift",
    rename,
    { step: "drop", at: "", names: ["note", "gift"] },
  ],
  ["leave out note where it is null", { step: "drop", at: "", names: ["note"], when: null }],
  ['set unit to "m"', { step: "constant", at: "", name: "unit", value: "m" }],
  ["set count to 1 where it is absent", { step: "default", at: "", name: "count", value: 1 }],
  ["put the value into a list of one", { step: "wrap", at: "" }],
  ["put /tag into a list of one", { step: "wrap", at: "/tag" }],
  ["take the first element of the value", { step: "head", at: "" }],
  ["take the first element of /tags", { step: "head", at: "/tags" }],
  ["move id out of order", { step: "hoist", at: "", name: "id", inside: "order" }],
  ["move id into order in /a", { step: "plunge", at: "/a", name: "id", inside: "order" }],
  [
    "for each element in /lines: rename sku to article",
    { step: "map", at: "/lines", steps: [rename] },
  ],
  [
    'for kind "old": rename sku to article',
    { step: "variant", at: "", tag: "kind", is: "old", steps: [rename] },
  ],
  [
    'replace "a" by "b", 1 by 2 in /state',
    {
      step: "literal",
      at: "/state",
      values: [
        ["a", "b"],
        [1, 2],
      ],
    },
  ],
];

for (const [says, ...drafted] of steps) {
  test(`a remedy is told as: ${says}`, () => {
    expect(remedyText(drafted)).toBe(says);
  });
}
