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
import type { Found } from "./account.ts";
import type { Side } from "./difference.ts";
import type { Step } from "./place.ts";
import type { Site } from "./site.ts";
import type { Holder, Way } from "./way.ts";
import type { Workbench } from "./workbench.ts";

const unknown = doubt("the place cannot be filled by itself");

/** A value for the place of a difference and the message around it; the proof that there is none; or a doubt. */
export type Embedded =
  | { readonly found: "value"; readonly inner: unknown; readonly value: unknown }
  | Exclude<Outcome, { readonly found: "value" }>;

/** A message that breaks a demand; the proof that its place cannot; or a doubt. */
export function embedded(
  bench: Workbench,
  { note, site }: Found,
  sender: Side,
  demand: SchemaNode,
): Embedded {
  if (note.here === undefined) return unknown;
  const inner = bench.search.find(emitted(note.here[sender]), refused(demand));
  if (inner.found !== "value") return inner;
  let value: unknown = inner.value;
  for (let each: Site | undefined = site; each?.way !== undefined; each = each.outer) {
    const holder = holderOf(bench, each.way, sender);
    if (holder === undefined) return unknown;
    value = filled(holder, each.way.step, value);
  }
  return { found: "value", inner: inner.value, value };
}

/**
 * Whether everything around a site lets a part be exchanged, so that the message is valid for the sender as soon as
 * the part is, and invalid for the receiver as soon as the part is.
 */
export function isProven(bench: Workbench, site: Site, sender: Side): boolean {
  const { outer, way } = site;
  if (outer === undefined || way === undefined) return true;
  const known = site.proven.get(sender);
  if (known !== undefined) return known;
  const is =
    way.around.isSeparable &&
    isProven(bench, outer, sender) &&
    holderOf(bench, way, sender)?.isValid === true;
  site.proven.set(sender, is);
  return is;
}

function holderOf(bench: Workbench, way: Way, sender: Side): Holder | undefined {
  if (way.holders.has(sender)) return way.holders.get(sender);
  const wanted = wantedBy(bench.search, way.step);
  if (wanted === undefined) return undefined;
  const node = way.around[sender];
  const outcome = bench.search.find(emitted(node), wanted);
  // With more steps left the answer may be better another time.
  if (outcome.found === "doubt") return undefined;
  const holder =
    outcome.found === "value" && canHold(outcome.value, way.step)
      ? { value: outcome.value, isValid: bench.isValid(node, outcome.value) }
      : undefined;
  way.holders.set(sender, holder);
  return holder;
}

function canHold(value: unknown, step: Step): value is object {
  return Array.isArray(value) || (step.into === "property" && isRecord(value));
}

function filled({ value }: Holder, step: Step, part: unknown): object {
  if (Array.isArray(value)) {
    const index = step.into === "element" ? step.index : step.into === "elements" ? step.from : 0;
    const parts: readonly unknown[] = value;
    return parts.with(index, part);
  }
  if (step.into !== "property" || !Object.hasOwn(value, step.name)) return value;
  // A name in brackets is an own property, even one called __proto__.
  return { ...value, [step.name]: part };
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
