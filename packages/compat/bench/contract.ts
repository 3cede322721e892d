/** Large releases made up for measuring: many types that refer to each other, many procedures that use them. */
import { contractFingerprint, procedureFingerprint } from "@concordat/core/internal";
import type { Definitions, ProcedureDocument, ReleaseDocument, Schema } from "@concordat/core";

/** How large a made-up release is. */
export interface Size {
  readonly procedures: number;
  readonly types: number;
  /** Whether a type refers to two before it, so that a message reaches hundreds of types and an edit many messages. */
  readonly isWide?: boolean;
}

/** Which types are edited: the number of edits of a type, 0 for none. */
export type Edits = (index: number) => number;

/** A release, and how it was edited. */
export interface MadeUp {
  readonly release: ReleaseDocument;
  readonly edits: Edits;
}

/** Clusters of ten types keep what one procedure reaches to the size of real messages. */
export const clusterSize = 10;

/** Edits every so manieth type. */
export function every(distance: number): Edits {
  return (index) => (index % distance === 0 ? 1 : 0);
}

/**
 * A release in which type `n` refers to the one after it, and the last of ten to the first.
 *
 * `like`: the same contract with other edits; whatever is the same in it is taken over from it.
 */
export function madeUpRelease(
  { procedures, types, isWide = false }: Size,
  release: string,
  edits: Edits = () => 0,
  like?: MadeUp,
): MadeUp {
  const isEdited = new Set<number>();
  const definitions: Definitions = Object.fromEntries(
    Array.from({ length: types }, (_, index): [string, Schema] => {
      const name = `Type${index}`;
      const known = like?.release.definitions[name];
      if (known !== undefined && like?.edits(index) === edits(index)) return [name, known];
      isEdited.add(Math.floor(index / clusterSize));
      return [name, isWide ? wideTypeOf(index, edits(index)) : typeOf(index, types, edits(index))];
    }),
  );
  const documents = Object.fromEntries(
    Array.from({ length: procedures }, (_, index): [string, ProcedureDocument] => {
      const name = `procedure${index}`;
      const known = like?.release.procedures[name];
      const cluster = Math.floor(((index * 2) % types) / clusterSize);
      if (known !== undefined && !isWide && !isEdited.has(cluster)) return [name, known];
      const procedure = {
        kind: "unary",
        request: {
          type: "object",
          properties: { id: { type: "string" }, body: reference(index * 2, types) },
          required: ["id"],
        },
        response: reference(index * 2 + 1, types),
      } as const;
      return [name, { ...procedure, fingerprint: procedureFingerprint(procedure, definitions) }];
    }),
  );
  const fingerprint = contractFingerprint("bench", documents);
  const document: ReleaseDocument = {
    concordat: "release/1",
    contract: "bench",
    release,
    previous: null,
    fingerprint,
    procedures: documents,
    definitions,
  };
  return { release: document, edits };
}

function reference(at: number, types: number): Schema {
  return { $ref: `#/definitions/Type${at % types}` };
}

function referenceBefore(at: number): Schema {
  return { $ref: `#/definitions/Type${Math.floor(at)}` };
}

function wideTypeOf(index: number, edits: number): Schema {
  return {
    type: "object",
    properties: {
      id: { type: "string", minLength: edits > 0 ? 2 : 1 },
      count: { type: "integer", minimum: 0 },
      ...(edits > 0 && { added: { type: "boolean" } }),
      ...(index > 2 && {
        left: referenceBefore(index / 2),
        right: { type: "array", items: referenceBefore((2 * index) / 3) },
      }),
      ...(index > 9 && {
        either: {
          anyOf: ["x", "y"].map((kind, at) => ({
            type: "object",
            properties: { kind: { const: kind }, value: referenceBefore(index / (3 + at)) },
            required: ["kind"],
          })),
        },
      }),
    },
    required: ["id"],
  };
}

function typeOf(index: number, types: number, edits: number): Schema {
  const isEdited = edits > 0;
  const isLast = index + 7 >= types;
  const at = index % clusterSize;
  return {
    type: "object",
    properties: {
      id: { type: "string", minLength: 1, maxLength: 64 + (index % 50) + 100 * edits },
      state: { enum: ["open", "closed", ...(isEdited ? ["held"] : [])] },
      amount: { type: isEdited ? "number" : "integer", minimum: 0 },
      tags: { type: "array", items: { type: "string" } },
      labels: { type: "object", patternProperties: { "^.*$": { type: "string" } } },
      ...(isEdited && { added: { type: "boolean" } }),
      ...(at < clusterSize - 1 && !isLast && { child: reference(index + 1, types) }),
      ...(at === clusterSize - 1 && { parent: reference(index - at, types) }),
    },
    required: ["id", "state"],
  };
}
