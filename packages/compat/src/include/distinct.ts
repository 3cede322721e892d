/** Finds values for several questions such that no two are equal. */
import { textOf } from "../normal/value.ts";
import { type Literal, refused } from "./literal.ts";
import { doubt, type Outcome } from "./outcome.ts";
import type { Search } from "./search.ts";

/** More elements than this are not told apart one by one. */
const most = 64;

/** One value for each question, all different, as an array. */
export function distinctValues(
  search: Search,
  questions: readonly (readonly Literal[])[],
): Outcome {
  if (questions.length > most) return doubt("so many different elements are too many to write out");
  // With as many candidates each as there are questions, no question can be starved by the others unfairly.
  const candidates: Map<string, unknown>[] = [];
  let low = Infinity;
  for (const question of questions) {
    const found = upTo(search, question, questions.length);
    if (found.unsure !== undefined) return found.unsure;
    low = Math.min(low, found.low);
    candidates.push(found.values);
  }
  const taken = new Map<string, number>();
  for (const index of candidates.keys()) {
    if (!place(index, candidates, taken, new Set())) return { found: "nothing", low };
  }
  const values: unknown[] = [];
  for (const [text, index] of taken) values[index] = candidates[index]?.get(text);
  return { found: "value", value: values };
}

/** Finds a free candidate for one question, moving others to another of theirs where that helps. */
function place(
  index: number,
  candidates: readonly Map<string, unknown>[],
  taken: Map<string, number>,
  asked: Set<string>,
): boolean {
  for (const text of candidates[index]?.keys() ?? []) {
    if (asked.has(text)) continue;
    asked.add(text);
    const holder = taken.get(text);
    if (holder !== undefined && !place(holder, candidates, taken, asked)) continue;
    taken.set(text, index);
    return true;
  }
  return false;
}

interface Several {
  readonly values: Map<string, unknown>;
  readonly low: number;
  readonly unsure?: Outcome;
}

function upTo(search: Search, question: readonly Literal[], count: number): Several {
  const values = new Map<string, unknown>();
  const without: Literal[] = [];
  while (values.size < count) {
    const outcome = search.find(...question, ...without);
    if (outcome.found === "doubt") return { values, low: Infinity, unsure: outcome };
    if (outcome.found === "nothing") return { values, low: outcome.low };
    const text = textOf(outcome.value);
    values.set(text, outcome.value);
    without.push(refused(search.made(`value:${text}`, { const: outcome.value })));
  }
  return { values, low: Infinity };
}
