/** Patterns as languages, held against the platform's own regular expressions. */
import { describe, expect, test } from "vitest";
import { Languages } from "../../src/regex/language.ts";
import { languageOfPattern } from "../../src/regex/language-of-pattern.ts";
import { TextSearch } from "../../src/regex/shortest-text.ts";
import { Chance } from "../random/chance.ts";

const work = 50_000;

function tools() {
  const make = new Languages();
  return { make, texts: new TextSearch(make) };
}

/** Whether a text is in the language of a pattern. */
function admits(pattern: string, text: string): boolean | undefined {
  const { make, texts } = tools();
  const language = languageOfPattern(pattern, make);
  return language && texts.shortest(make.and(language, make.text(text)), work) !== "none";
}

const pieces = [
  "a",
  "b",
  "c",
  ".",
  "[ab]",
  "[^a]",
  "\\d",
  "\\w",
  "\\s",
  "\\.",
  "-",
  "é",
  "😀",
  "\\u{1F600}",
  "\\x61",
  "\\n",
];

function randomPattern(chance: Chance, depth: number): string {
  switch (chance.below(depth > 0 ? 9 : 3)) {
    case 3:
      return `(${randomPattern(chance, depth - 1)}|${randomPattern(chance, depth - 1)})`;
    case 4:
      return `(?:${randomPattern(chance, depth - 1)})${chance.of(["*", "+", "?", "{2}", "{1,3}", "{2,}", "*?"])}`;
    case 5:
      return randomPattern(chance, depth - 1) + randomPattern(chance, depth - 1);
    case 6:
      return `^${randomPattern(chance, depth - 1)}`;
    case 7:
      return `${randomPattern(chance, depth - 1)}$`;
    case 8:
      return `(${chance.of(["?=", "?!"])}${randomPattern(chance, depth - 1)})${randomPattern(chance, depth - 1)}`;
    default:
      return chance.of(pieces);
  }
}

test("a text is in the language of a pattern exactly when the pattern is found in it", () => {
  const chance = new Chance(7);
  const letters = ["a", "b", "c", "é", "😀", "1", "\n", "-", ".", " "];
  const wrong: unknown[] = [];
  let known = 0;
  for (let index = 0; index < 2_000; index += 1) {
    const pattern = randomPattern(chance, 4);
    const expression = new RegExp(pattern, "u");
    for (let tries = 0; tries < 6; tries += 1) {
      const text = Array.from({ length: chance.below(5) }, () => chance.of(letters)).join("");
      const answer = admits(pattern, text);
      if (answer === undefined) continue;
      known += 1;
      if (answer !== expression.test(text)) wrong.push([pattern, text, answer]);
    }
  }

  expect(wrong).toEqual([]);
  expect(known).toBeGreaterThan(8_000);
}, 60_000);

test("a shortest text is in the language, and the empty language has none", () => {
  const chance = new Chance(11);
  const wrong: unknown[] = [];
  for (let index = 0; index < 1_000; index += 1) {
    const { make, texts } = tools();
    const [pattern, other] = [randomPattern(chance, 3), randomPattern(chance, 3)];
    const [left, right] = [languageOfPattern(pattern, make), languageOfPattern(other, make)];
    if (left === undefined || right === undefined) continue;
    const found = texts.shortest(make.and(left, make.not(right)), work);
    if (typeof found === "string") continue;
    const { text } = found;
    if (!new RegExp(pattern, "u").test(text) || new RegExp(other, "u").test(text))
      wrong.push([pattern, other, text]);
  }

  expect(wrong).toEqual([]);
});

describe("what is not regular, or not known here, has no language", () => {
  test.each(["(a)\\1", "(?<=a)b", "(?<!a)b", "\\bword\\b", "(?<n>a)\\k<n>", "(?:(?=a)b)*"])(
    "%s",
    (pattern) => {
      expect(languageOfPattern(pattern, new Languages())).toBeUndefined();
    },
  );
});

test.each([
  ["^a^b", ""],
  ["a$b", ""],
  ["(?!)", ""],
  ["^(?=a)b", ""],
])("%s admits nothing", (pattern) => {
  const { make, texts } = tools();
  const language = languageOfPattern(pattern, make);

  expect(language && texts.shortest(language, work)).toBe("none");
});

test("a search that would not end says so", () => {
  const { make, texts } = tools();
  const [left, right] = [
    languageOfPattern("^[ab]*a[ab]{20}$", make),
    languageOfPattern("^[ab]*b[ab]{21}$", make),
  ];

  expect(
    texts.shortest(
      make.and(left ?? make.all, make.not(right ?? make.all), make.not(left ?? make.all)),
      1_000,
    ),
  ).not.toHaveProperty("text");
});
