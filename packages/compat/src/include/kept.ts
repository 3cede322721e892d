/** Whether all that is emitted is kept, option by option: where both sides are unions, mostly each option has its like. */
import type { SchemaNode } from "../normal/node.ts";
import { optionsOf } from "./declaration.ts";
import { altered, emitted, type Goal, type Literal, nodeOf, stanceOf } from "./literal.ts";
import { anyOf, type Outcome } from "./outcome.ts";
import type { Search } from "./search.ts";

/** The answer to what is emitted by one schema and altered by another; undefined where looking at options does not tell. */
export function keptByOptions(search: Search, asked: Goal): Outcome | undefined {
  const { space } = search;
  const sender = asked.find((literal) => stanceOf(literal) === "emitted");
  const receiver = asked.find((literal) => stanceOf(literal) === "altered");
  if (asked.length !== 2 || sender === undefined || receiver === undefined) return undefined;
  const sent = optionsOf(nodeOf(sender, space), space);
  if (sent !== undefined) return anyOf(questions(search, sent, receiver));
  for (const option of optionsOf(nodeOf(receiver, space), space) ?? []) {
    const outcome = search.find(sender, altered(option));
    if (outcome.found === "nothing") return outcome;
  }
  return undefined;
}

function* questions(
  search: Search,
  options: readonly SchemaNode[],
  receiver: Literal,
): Generator<Outcome> {
  for (const option of options) yield search.find(emitted(option), receiver);
}
