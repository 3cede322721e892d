/** The tool `text_statistics`: how long a text is, and which words it uses most. */
import { Type } from "typebox";

import { defineTool, textContent } from "./tool.ts";

const Statistics = Type.Object({
  characters: Type.Integer(),
  words: Type.Integer(),
  lines: Type.Integer(),
  frequent: Type.Array(Type.String()),
});

export const textStatistics = defineTool({
  name: "text_statistics",
  title: "Text statistics",
  description:
    "Counts the characters, words and lines of a text, and names its five most frequent words.",
  input: Type.Object(
    { text: Type.String({ maxLength: 100_000 }) },
    { additionalProperties: false },
  ),
  output: Statistics,
  run({ text }) {
    const words = segmentsOf(text, "word").filter(({ isWordLike }) => isWordLike);
    const statistics = {
      characters: segmentsOf(text, "grapheme").length,
      words: words.length,
      lines: text === "" ? 0 : text.split("\n").length,
      frequent: mostFrequent(words, 5),
    };
    return { content: [textContent(JSON.stringify(statistics))], structuredContent: statistics };
  },
});

/** A text cut where a reader would: between what counts as one character, or one word. */
function segmentsOf(text: string, granularity: "grapheme" | "word"): readonly Intl.SegmentData[] {
  return [...new Intl.Segmenter("en", { granularity }).segment(text)];
}

function mostFrequent(words: readonly Intl.SegmentData[], most: number): string[] {
  const counts = new Map<string, number>();
  for (const { segment } of words) {
    const key = segment.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const ranked = [...counts].toSorted(
    ([left, leftCount], [right, rightCount]) => rightCount - leftCount || (left < right ? -1 : 1),
  );
  return ranked.slice(0, most).map(([word]) => word);
}
