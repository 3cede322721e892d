/** Releases of a small contract, for tests that need some. */
import type { Draft, ReleaseDocument, Schema } from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import type { ProcedureTree } from "@concordat/core";

/** The draft of a contract with one procedure, `place`, that has this request. */
export function draftWith(request: Schema, doc?: string, contract = "orders"): Draft {
  const response = { type: "string" };
  // Freezing takes plain JSON as well as TypeBox's types.
  const tree = { place: { kind: "unary", request, response } } as unknown as ProcedureTree;
  return freeze(contract, tree, doc);
}

/** A request with these properties; those that end in `?` are optional. */
export function requestWith(...names: readonly string[]): Schema {
  return {
    type: "object",
    properties: Object.fromEntries(
      names.map((name) => [name.replace("?", ""), { type: "string" }]),
    ),
    required: names.filter((name) => !name.endsWith("?")),
  };
}

/** A release that follows another. */
export function releaseAfter(
  before: ReleaseDocument | undefined,
  release: string,
  draft: Draft,
): ReleaseDocument {
  return { ...draft, release, previous: before?.fingerprint ?? null };
}
