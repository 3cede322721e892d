/** A mapped document made into the draft of a release. */
import type { ProcedureTree } from "@concordat/core";
import { ContractError, type Draft } from "@concordat/core";
import { freeze, isObject } from "@concordat/core/internal";

import { UnusableInput } from "../project/unusable-input.ts";
import type { ImportNotes } from "./import-notes.ts";
import { optionalRequest } from "./optional-request.ts";
import type { MappedProcedure, Mapping } from "./procedure-mapping.ts";
import { SchemaImporter, type Texts } from "./schema-importer.ts";

/** A document, and what is known of it. */
export interface Source {
  readonly document: unknown;
  readonly mapping: Mapping;
  /** How the document is called in messages. */
  readonly name: string;
  readonly doc?: string;
}

type Body = Readonly<Record<string, unknown>>;

/**
 * The draft that a document yields. It passes the very checks that a contract written by hand passes.
 *
 * @throws UnusableInput when a schema is missing or broken, or the result could not be frozen.
 */
export function importedDraft(
  contract: string,
  source: Source,
  texts: Texts,
  notes: ImportNotes,
): Draft {
  const importer = new SchemaImporter(source.document, texts, notes);
  const bodies = new Map<string, Body>();
  for (const [name, procedure] of source.mapping) {
    bodies.set(name, bodyOf(name, procedure, importer, notes, `${source.name} ${name}`));
  }
  const tree = treeOf(withDefinitions(bodies, importer.definitions), source.name);
  try {
    return freeze(contract, tree, source.doc);
  } catch (error) {
    if (error instanceof ContractError) throw new UnusableInput(`${source.name}: ${error.message}`);
    throw error;
  }
}

function bodyOf(
  name: string,
  procedure: MappedProcedure,
  importer: SchemaImporter,
  notes: ImportNotes,
  place: string,
): Body {
  const { kind, errors, idempotent, deprecated, doc } = procedure;
  const request = importer.take(procedure.request, `${place}/request`);
  const response = importer.take(procedure.response, `${place}/response`);
  const payloads = [...errors].map(
    ([error, schema]) => [error, importer.take(schema, `${place}/errors/${error}`)] as const,
  );
  return {
    kind,
    request:
      procedure.presence === "required"
        ? request
        : optionalRequest(request, importer.definitions, notes, `${name}/request`),
    response,
    ...(payloads.length === 0 ? {} : { errors: Object.fromEntries(payloads) }),
    ...(idempotent ? { idempotent } : {}),
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(doc === undefined ? {} : { doc }),
  };
}

/** Freezing collects definitions where they stand inside a schema, so the first request brings them all. */
function withDefinitions(
  bodies: ReadonlyMap<string, Body>,
  definitions: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, Body> {
  const [first] = bodies;
  if (first === undefined || definitions.size === 0) return bodies;
  const [name, body] = first;
  const request = asObject(body["request"]);
  const bearer = { ...body, request: { ...request, $defs: Object.fromEntries(definitions) } };
  return new Map([...bodies, [name, bearer]]);
}

function asObject(schema: unknown): Body {
  if (isObject(schema)) return schema;
  return schema === false ? { not: {} } : {};
}

/** Procedures by segments: `tools/list` is `list` in the group `tools`. */
function treeOf(bodies: ReadonlyMap<string, Body>, source: string): ProcedureTree {
  const root: Record<string, unknown> = {};
  const groups = new Map<string, Record<string, unknown>>([["", root]]);
  for (const [name, body] of bodies) {
    const segments = name.split("/");
    let path = "";
    let group = root;
    for (const segment of segments.slice(0, -1)) {
      path = `${path}/${segment}`;
      const inner = groups.get(path) ?? {};
      groups.set(path, inner);
      group[segment] ??= inner;
      if (group[segment] !== inner) return clash(name, source);
      group = inner;
    }
    const last = segments.at(-1) ?? "";
    if (Object.hasOwn(group, last)) return clash(name, source);
    group[last] = body;
  }
  return root as unknown as ProcedureTree; // the schemas are plain JSON, which freezing looks at one by one
}

function clash(name: string, source: string): never {
  throw new UnusableInput(
    `${source}: ${name} is a procedure and a group of procedures at once, or is there twice; rename one in the mapping.`,
  );
}
