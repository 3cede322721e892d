/** Comments with texts that somebody else wrote. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { commentLines, paragraphsOf, untagged } from "../../src/emit/doc-comment.ts";

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom(...Array.from("*/ @{}`\n\r\u2028\u2029\u202Eab")),
    maxLength: 30,
  }),
);

test("no text ends its comment, or hides something in it", () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (paragraphs) => {
      const comment = commentLines(paragraphs, 100).join("\n");

      expect(comment.indexOf("*/")).toBe(comment.length - 2);
      expect(comment).not.toMatch(/[\r\u2028\u2029\u202A-\u202E\u2066-\u2069]/);
    }),
  );
});

test("a long text is broken between words, and no line is wider than asked for", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 80 });

  fc.assert(
    fc.property(words, fc.integer({ min: 30, max: 100 }), (each, width) => {
      const lines = commentLines([each.join(" ")], width);

      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(lines.join(" ").match(/[a-z]+/g)).toEqual(each);
    }),
  );
});

test("a short text stands on one line", () => {
  expect(commentLines(["An order."], 100)).toEqual(["/** An order. */"]);
});

test("an author's text holds no tags, and tags follow behind an empty line", () => {
  const paragraphs = paragraphsOf(
    [untagged("Text.\n@internal {@link x}"), "", undefined],
    ["@deprecated"],
  );

  expect(commentLines(paragraphs ?? [], 100)).toEqual([
    "/**",
    " * Text.",
    " * \\@internal {\\@link x}",
    " *",
    " * @deprecated",
    " */",
  ]);
  expect(paragraphsOf([undefined, " "])).toBeUndefined();
});
