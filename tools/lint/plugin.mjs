/** The house rules that oxlint does not have itself. */
import { borders } from "./borders.mjs";
import { castReason, openingSentence } from "./written-reasons.mjs";

// The plugin interface asks for a default export.
export default {
  meta: { name: "concordat" },
  rules: { borders, "cast-reason": castReason, "opening-sentence": openingSentence },
};
