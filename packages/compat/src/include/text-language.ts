/** The regular part of what is asked of a text. */
import type { Language, Languages } from "../regex/language.ts";
import { languageOfPattern } from "../regex/language-of-pattern.ts";
import type { Shortest } from "../regex/shortest-text.ts";
import type { Search } from "./search.ts";
import type { TextGoal } from "./string.ts";

/** How many characters are looked at before a search for a text gives up. */
const work = 20_000;

/** Longer texts are not written out. */
const longest = 2_000_000;

/** The language of the patterns, and whether every pattern is in it; lengths and excluded texts are not. */
export function languageOf(
  asked: TextGoal,
  make: Languages,
): { language: Language; isWhole: boolean } {
  const positive = asked.patterns.map((pattern) => languageOfPattern(pattern, make));
  const negative = asked.noPatterns.map((pattern) => languageOfPattern(pattern, make));
  const known = [
    ...positive.filter((language) => language !== undefined),
    ...negative.filter((language) => language !== undefined).map((language) => make.not(language)),
  ];
  return {
    language: make.and(...known),
    isWhole: known.length === positive.length + negative.length,
  };
}

/** A shortest text of the language with a length that is asked for, and none of the excluded. */
export function textOfLanguage(search: Search, asked: TextGoal, language: Language): Shortest {
  const { languages: make, texts } = search;
  const { min, max, excluded } = asked;
  if (language === make.all && excluded.length === 0) {
    return min <= longest ? { text: "a".repeat(min) } : "limit";
  }
  // Without the lengths the search is small, and often shows already that there is nothing.
  const free = texts.shortest(language, work);
  if (free === "none") return "none";
  const lengths = min === 0 && max === Infinity ? make.all : make.repeat(make.any, min, max);
  const others = excluded.map((text) => make.text(text));
  return texts.shortest(make.and(language, lengths, make.not(make.or(...others))), work);
}
