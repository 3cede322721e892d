/** Texts and values in generated code mean what they meant in the release. */
import type { Json } from "@concordat/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { jsonLiteral, quoted, typeKey, valueKey } from "../../src/emit/literal.ts";
import { print } from "../../src/emit/print.ts";

async function evaluated(code: string): Promise<unknown> {
  const source = `export const value = ${code};`;
  const address = `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`;
  const module = (await import(/* @vite-ignore */ address)) as { value: unknown }; // the line above
  return module.value;
}

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(...Array.from("'\"\\`$*/\n\r\u2028\u2029{}")), maxLength: 12 }),
);

test("any JSON value is printed as code that has this value", async () => {
  const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.constant(null),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      fc.array(tie("value")),
      fc.dictionary(fc.oneof(text, fc.constant("__proto__")), tie("value")),
    ),
  })).value;
  const samples = fc.sample(value, 300).map((each) => JSON.parse(JSON.stringify(each)) as Json); // without prototypes of null

  const codes = samples.map((each) => print(jsonLiteral(each)));

  expect(await evaluated(`[${codes.join(",\n")}]`)).toStrictEqual(samples);
});

test("nothing in a text ends a line", () => {
  fc.assert(
    fc.property(text, (each) => {
      expect(quoted(each)).not.toMatch(/[\n\r\u2028\u2029]/);
    }),
  );
});

test("a text stands in the quotes that need fewer backslashes", () => {
  expect(quoted("plain")).toBe('"plain"');
  expect(quoted('say "yes"')).toBe(`'say "yes"'`);
  expect(quoted("it's")).toBe(`"it's"`);
});

test("a name is in quotes only where it has to be, and never becomes the prototype", () => {
  expect([typeKey("class"), typeKey("a-b"), typeKey("1")]).toEqual(["class", '"a-b"', '"1"']);
  expect(valueKey("__proto__")).toBe('["__proto__"]');
});
