/**
 * Finds a value that breaks a demand at its own place, and puts it into the smallest message around it.
 *
 * What holds at one place is asked once for all messages that contain it, so this is quick where a type is used by
 * many procedures. It is a guess only in one way: other parts of a union may still accept the message, which the
 * caller checks.
 */
import { accepted, emitted, type Literal, refused } from "../include/literal.ts";
import { doubt, type Outcome } from "../include/outcome.ts";
import type { Search } from "../include/search.ts";
import type { SchemaNode } from "../normal/node.ts";
import { isRecord } from "../normal/value.ts";
import type { Difference, Side } from "./difference.ts";
import type { Step } from "./place.ts";

const unknown = doubt("the place cannot be filled by itself");

/** A message that breaks a demand; the proof that its place cannot; or a doubt. */
export function embedded(
  search: Search,
  difference: Difference,
  sender: Side,
  demand: SchemaNode,
): Outcome {
  const { here, around, place } = difference;
  if (here === undefined || around === undefined || around.length < place.length) return unknown;
  const inner = search.find(emitted(here[sender]), refused(demand));
  if (inner.found !== "value") return inner;
  let value: unknown = inner.value;
  for (const [index, step] of [...place.entries()].toReversed()) {
    const holder = around[index]?.[sender];
    const filled = holder && holding(search, holder, step, value);
    if (filled === undefined) return unknown;
    value = filled.value;
  }
  return { found: "value", value };
}

function holding(
  search: Search,
  holder: SchemaNode,
  step: Step,
  value: unknown,
): { value: unknown } | undefined {
  const wanted = wantedBy(search, step);
  if (wanted === undefined) return undefined;
  const outcome = search.find(emitted(holder), wanted);
  if (outcome.found !== "value") return undefined;
  if (step.into === "property" && isRecord(outcome.value)) {
    const parts = Object.entries(outcome.value).map(([name, part]) => [
      name,
      name === step.name ? value : part,
    ]);
    return { value: Object.fromEntries(parts) };
  }
  if (Array.isArray(outcome.value)) {
    const index = step.into === "element" ? step.index : step.into === "elements" ? step.from : 0;
    return { value: outcome.value.with(index, value) };
  }
  return undefined;
}

/** What a holder must have so that there is a place to fill. */
function wantedBy(search: Search, step: Step): Literal | undefined {
  switch (step.into) {
    case "property":
      return accepted(search.made(`has:${step.name}`, { required: [step.name] }));
    case "element":
      return accepted(
        search.made(`longer:${step.index}`, { type: "array", minItems: step.index + 1 }),
      );
    case "elements":
      return accepted(
        search.made(`longer:${step.from}`, { type: "array", minItems: step.from + 1 }),
      );
    default:
      return undefined;
  }
}
