/** Large releases made up for measuring: many types that refer to each other, many procedures that use them. */
import { contractFingerprint, procedureFingerprint } from "@concordat/core/internal";
import type { Definitions, ProcedureDocument, ReleaseDocument, Schema } from "@concordat/core";

/** How large a made-up release is, and how many of its types differ from those of another. */
export interface Size {
  readonly procedures: number;
  readonly types: number;
  /** Every how many types one is changed; 0 for none. */
  readonly changedEvery: number;
  readonly release: string;
}

/** A release in which type `n` refers to a few types after it, and every tenth to one before it. */
export function madeUpRelease({ procedures, types, changedEvery, release }: Size): ReleaseDocument {
  const definitions: Definitions = Object.fromEntries(
    Array.from({ length: types }, (_, index) => [
      `Type${index}`,
      typeOf(index, types, changedEvery),
    ]),
  );
  const documents = Object.fromEntries(
    Array.from({ length: procedures }, (_, index): [string, ProcedureDocument] => {
      const procedure = {
        kind: "unary",
        request: {
          type: "object",
          properties: { id: { type: "string" }, body: reference(index * 2, types) },
          required: ["id"],
        },
        response: reference(index * 2 + 1, types),
      } as const;
      return [
        `procedure${index}`,
        { ...procedure, fingerprint: procedureFingerprint(procedure, definitions) },
      ];
    }),
  );
  const fingerprint = contractFingerprint("bench", documents);
  return {
    concordat: "release/1",
    contract: "bench",
    release,
    previous: null,
    fingerprint,
    procedures: documents,
    definitions,
  };
}

function reference(at: number, types: number): Schema {
  return { $ref: `#/definitions/Type${at % types}` };
}

function typeOf(index: number, types: number, changedEvery: number): Schema {
  const isChanged = changedEvery > 0 && index % changedEvery === 0;
  const isLast = index + 7 >= types;
  return {
    type: "object",
    properties: {
      id: { type: "string", minLength: 1, maxLength: isChanged ? 30 : 64 },
      state: { enum: ["open", "closed", ...(isChanged ? ["held"] : [])] },
      amount: { type: isChanged ? "number" : "integer", minimum: 0 },
      tags: { type: "array", items: { type: "string" } },
      labels: { type: "object", patternProperties: { "^.*$": { type: "string" } } },
      ...(isChanged && { added: { type: "boolean" } }),
      // Clusters of ten keep what one procedure reaches to the size of real messages.
      ...(index % 10 < 9 && !isLast && { child: reference(index + 1, types) }),
      ...(index % 10 === 9 && { parent: reference(index + types - 9, types) }),
    },
    required: ["id", "state"],
  };
}
