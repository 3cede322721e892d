/** Values without assertions of their own (null, booleans, wire values), and values that a schema lists. */
import { type Kind, type Scalar, textOf } from "../normal/value.ts";
import type { Branch } from "./branch.ts";
import { breaks, meets } from "./meets.ts";
import { doubt, nothing, type Outcome } from "./outcome.ts";
import type { Search } from "./search.ts";

const candidates: { readonly [K in Kind]?: readonly unknown[] } = {
  null: [null],
  boolean: [true, false],
  bytes: [new Uint8Array()],
  timestamp: [new Date(0)],
  bigint: [0n],
};

/** A value of a kind that schemas can only admit or exclude. */
export function findPlain(branch: Branch): Outcome {
  // Every assertion about such a kind is a list of values; there is none left to break.
  if (branch.broken.length > 0) return nothing;
  const excluded = new Set(branch.excluded.map(textOf));
  const value = candidates[branch.kind]?.find((candidate) => !excluded.has(textOf(candidate)));
  return value === undefined ? nothing : { found: "value", value };
}

/** One of the values that the schemas list. */
export function findListed(search: Search, branch: Branch): Outcome {
  let unsure = false;
  for (const value of branch.values ?? []) {
    const answer = fits(search, branch, value);
    if (answer === true) return { found: "value", value };
    if (answer === undefined) unsure = true;
  }
  return unsure ? doubt("a format that nobody checks stands beside listed values") : nothing;
}

function fits(search: Search, branch: Branch, value: Scalar): boolean | undefined {
  const { space } = search;
  if (!branch.members.every(({ node }) => meets(space.factsOf(node), value))) return false;
  const answers = new Set(branch.broken.map(({ facts }) => breaks(facts, value)));
  if (answers.has(false)) return false;
  return answers.has(undefined) ? undefined : true;
}
