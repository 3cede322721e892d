/** Finds a text with some lengths, patterns and formats that breaks each of some other schemas. */
import type { StringFacts } from "../normal/facts.ts";
import { textOf } from "../normal/value.ts";
import { hasFormat, isKnownFormat } from "../typebox.ts";
import type { Branch } from "./branch.ts";
import { isPartOf, samplesOf } from "./format.ts";
import { lengthOf, matches } from "./meets.ts";
import { anyOf, doubt, nothing, type Outcome, spent } from "./outcome.ts";
import type { Search } from "./search.ts";
import { languageOf, textOfLanguage } from "./text-language.ts";

/** What is asked of a text. */
export interface TextGoal extends StringFacts {
  readonly noPatterns: readonly string[];
  readonly noFormats: readonly string[];
  readonly excluded: readonly string[];
}

/** A text for a branch, or the proof that there is none. */
export function findString(search: Search, branch: Branch): Outcome {
  const members = branch.members.flatMap(({ node }) => search.space.factsOf(node).string ?? []);
  const broken = branch.broken.flatMap(({ facts }) => facts.string ?? []);
  const asked: TextGoal = {
    min: Math.max(0, ...members.map(({ min }) => min)),
    max: Math.min(Infinity, ...members.map(({ max }) => max)),
    patterns: [...new Set(members.flatMap(({ patterns }) => patterns))],
    formats: [...new Set(members.flatMap(({ formats }) => formats))],
    noPatterns: [],
    noFormats: [],
    excluded: branch.excluded.filter((value) => typeof value === "string"),
  };
  return split(search, asked, broken);
}

function split(search: Search, asked: TextGoal, broken: readonly StringFacts[]): Outcome {
  if (!search.step()) return spent;
  if (isEmpty(asked)) return nothing;
  const [facts, ...others] = broken;
  if (facts === undefined) return pick(search, asked);
  const ways: TextGoal[] = [
    { ...asked, max: Math.min(asked.max, facts.min - 1) },
    { ...asked, min: Math.max(asked.min, facts.max + 1) },
    ...facts.patterns.map((pattern) => ({
      ...asked,
      noPatterns: [...new Set([...asked.noPatterns, pattern])],
    })),
    ...facts.formats.map((format) => ({
      ...asked,
      noFormats: [...new Set([...asked.noFormats, format])],
    })),
  ];
  return anyOf(lazily(ways, (way) => split(search, way, others)));
}

function* lazily<Way>(ways: readonly Way[], solve: (way: Way) => Outcome): Generator<Outcome> {
  for (const way of ways) yield solve(way);
}

function isEmpty({ min, max, patterns, noPatterns, formats, noFormats }: TextGoal): boolean {
  return (
    min > max ||
    min === Infinity ||
    patterns.some((pattern) => noPatterns.includes(pattern)) ||
    formats.some((format) => noFormats.some((other) => isPartOf(format, other)))
  );
}

function pick(search: Search, asked: TextGoal): Outcome {
  const { language, isWhole } = languageOf(asked, search.languages);
  const shortest = textOfLanguage(search, asked, language);
  if (shortest === "none") return nothing;
  const unknown = asked.noFormats.find((format) => !isKnownFormat(format));
  if (unknown !== undefined) {
    return doubt(
      `the format ${JSON.stringify(unknown)} is checked by nobody, so it cannot be compared`,
      { keyword: "format" },
    );
  }
  const isPlain = isWhole && asked.formats.length + asked.noFormats.length === 0;
  if (isPlain && shortest !== "limit") return { found: "value", value: shortest.text };
  const candidates = [...(shortest === "limit" ? [] : [shortest.text]), ...guesses(asked)];
  const text = candidates.find((candidate) => fits(asked, candidate));
  if (text !== undefined) return { found: "value", value: text };
  if (isPlain) return doubt("the search for a text grew too large", { isLimit: true });
  return doubt(describe(asked), {
    keyword: asked.formats.length + asked.noFormats.length > 0 ? "format" : "pattern",
  });
}

function describe({ patterns, noPatterns, formats, noFormats }: TextGoal): string {
  const asked = [...patterns, ...noPatterns].map((pattern) => `pattern ${JSON.stringify(pattern)}`);
  const formatted = [...formats, ...noFormats].map((format) => `format ${JSON.stringify(format)}`);
  return `whether a text exists cannot be decided for ${[...asked, ...formatted].join(" and ")}`;
}

const simple = [
  "",
  "a",
  "A",
  "0",
  "-",
  "_",
  " ",
  "aa",
  "ab",
  "abc",
  "123",
  "a1",
  "é",
  "😀",
  "\n",
  "a b",
  "a-b",
  "a.b",
  "x".repeat(20),
];

/** Texts worth trying where the search cannot know: samples of the formats, simple ones, at every length asked. */
function* guesses(asked: TextGoal): Generator<string> {
  const all = [...asked.formats, ...asked.noFormats].flatMap(samplesOf);
  yield* all;
  yield* simple;
  for (const letter of ["a", "0", "-", "A"]) {
    if (asked.min <= 10_000) yield letter.repeat(asked.min);
    if (asked.max <= 10_000) yield letter.repeat(asked.max);
  }
}

/** Whether a text does all that is asked, for certain. */
function fits(asked: TextGoal, text: string): boolean {
  const length = lengthOf(text);
  return (
    length >= asked.min &&
    length <= asked.max &&
    asked.patterns.every((pattern) => matches(pattern, text)) &&
    !asked.noPatterns.some((pattern) => matches(pattern, text)) &&
    asked.formats.every((format) => hasFormat(format, text)) &&
    !asked.noFormats.some((format) => hasFormat(format, text)) &&
    !asked.excluded.some((excluded) => textOf(excluded) === textOf(text))
  );
}
