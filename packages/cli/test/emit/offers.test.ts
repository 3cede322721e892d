/** Which releases a stub offers. */
import { expect, test } from "vitest";
import { offersOf } from "../../src/emit/offers.ts";
import { releaseOf } from "./release.ts";

const text = { type: "string" } as const;
const number = { type: "number" } as const;

test("a stub offers its own line, newest first, and says what each older release lacks and who has it", () => {
  const history = [
    releaseOf({ release: "1.9.0", procedures: { place: {} } }),
    releaseOf({ release: "2.0.0", procedures: { place: { request: text } } }),
    releaseOf({
      release: "2.1.0",
      procedures: { place: { request: text }, watch: { request: text } },
    }),
    releaseOf({
      release: "2.2.0",
      procedures: { place: { request: text }, watch: { request: number } },
    }),
    releaseOf({
      release: "2.2.1",
      procedures: { place: { request: text }, watch: { request: number } },
    }),
  ];

  const offers = offersOf(history, new Map()).map(({ document, lacks }) => [
    document.release,
    lacks,
  ]);

  expect(offers).toEqual([
    ["2.2.1", {}],
    ["2.2.0", {}],
    ["2.1.0", { watch: "2.2.0" }],
    ["2.0.0", { watch: "2.2.0" }],
  ]);
});

test("a procedure that was away for a while is lacked by the releases before it came back", () => {
  const history = [
    releaseOf({ release: "1.0.0", procedures: { a: {}, b: {} } }),
    releaseOf({ release: "1.1.0", procedures: { a: {} } }),
    releaseOf({ release: "1.2.0", procedures: { a: {}, b: {} } }),
  ];

  expect(offersOf(history, new Map()).map(({ lacks }) => lacks)).toEqual([{}, { b: "1.2.0" }, {}]);
});

test("a stub does not grow with every release of its line: it offers the newest 128", () => {
  const history = Array.from({ length: 400 }, (_, minor) =>
    releaseOf({ release: `1.${minor}.0`, procedures: { a: minor < 399 ? {} : { request: text } } }),
  );

  const offers = offersOf(history, new Map());
  expect(offers.map(({ document }) => document.release)).toEqual(
    Array.from({ length: 128 }, (_, index) => `1.${399 - index}.0`),
  );
  expect(offers[127]?.lacks).toEqual({ a: "1.399.0" });
});

test("below 1.0.0 a middle number is a line of its own", () => {
  const history = ["0.1.0", "0.2.0", "0.2.1"].map((release) =>
    releaseOf({ release, procedures: { a: {} } }),
  );

  expect(offersOf(history, new Map()).map(({ document }) => document.release)).toEqual([
    "0.2.1",
    "0.2.0",
  ]);
});

test("a procedure may be called as every object's members are", () => {
  const history = ["1.0.0", "1.1.0"].map((release) =>
    releaseOf({
      release,
      procedures: { a: {}, ...(release === "1.1.0" && { valueOf_: {}, hasOwn: {} }) },
    }),
  );

  expect(offersOf(history, new Map())[1]?.lacks).toEqual({ valueOf_: "1.1.0", hasOwn: "1.1.0" });
});
