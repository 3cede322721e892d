/** Which schemas of a document are the messages of which procedure: the mapping file of an import. */
import type { Deprecation, ProcedureKind, ProcedureKindRule } from "@concordat/core";
import { procedureKinds } from "@concordat/core";
import { isObject, isProcedureName, member } from "@concordat/core/internal";

import { shownPath } from "../project/shown-path.ts";
import { UnusableInput } from "../project/unusable-input.ts";

/** Where a schema comes from: a pointer into the document (`#/definitions/Order`), or the schema itself. */
export type SchemaSource = unknown;

/** One procedure of a mapping. */
export interface MappedProcedure {
  /** Default `unary`. */
  readonly kind: ProcedureKind;
  /** Default: an object without members. */
  readonly request: SchemaSource;
  /**
   * `optional`: the protocol lets callers leave the request out. A release always has one, so it accepts an empty
   * object instead. Default `required`.
   */
  readonly presence: "required" | "optional";
  readonly response: SchemaSource;
  /** By name in snake_case. Default: none. */
  readonly errors: ReadonlyMap<string, SchemaSource>;
  readonly idempotent: boolean;
  readonly deprecated?: Deprecation;
  readonly doc?: string;
}

/** The procedures of one document, by name. */
export type Mapping = ReadonlyMap<string, MappedProcedure>;

/** What stands for every revision that has no entry of its own. */
const anyRevision = "*";

const known = [
  "kind",
  "request",
  "requestOptional",
  "response",
  "errors",
  "idempotent",
  "deprecated",
  "doc",
];

/** An object that has no members: what a procedure without parameters is called with. */
export const emptyRequest: SchemaSource = { type: "object", properties: {} };

/**
 * The procedures that a mapping file has for a revision.
 *
 * @throws UnusableInput when it has none for it, or they are not what a mapping needs.
 */
export function mappingFor(json: unknown, revision: string, file: string): Mapping {
  if (!isObject(json)) throw new UnusableInput(`${shownPath(file)} is not a JSON object.`, file);
  const procedures = member(json, revision) ?? member(json, anyRevision);
  if (!isObject(procedures)) {
    const names = Object.keys(json).join(", ") || "nothing";
    throw new UnusableInput(
      `${shownPath(file)} has no procedures for revision ${JSON.stringify(revision)}; it has ${names}. Add an entry, or one called "*" for every revision.`,
      file,
    );
  }
  const entries = Object.entries(procedures).map(([name, entry]) => {
    return [name, mappedProcedure(name, entry, `${shownPath(file)}: ${revision} ${name}`)] as const;
  });
  return new Map(entries);
}

function mappedProcedure(name: string, entry: unknown, place: string): MappedProcedure {
  if (!isProcedureName(name))
    return refuse(
      place,
      'is not the name of a procedure: segments of letters, digits and "_", joined by "/"',
    );
  if (!isObject(entry)) return refuse(place, "is not an object");
  const stranger = Object.keys(entry).find((each) => !known.includes(each));
  if (stranger !== undefined)
    return refuse(place, `has a member "${stranger}" that is none of ${known.join(", ")}`);
  const { kind = "unary", errors = {}, deprecated, doc } = entry;
  const { requestOptional = false, idempotent = false } = entry;
  if (!isKind(kind))
    return refuse(place, `has a kind that is none of ${Object.keys(procedureKinds).join(", ")}`);
  const { request, response } = messagesOf(kind, entry, place);
  if (!isObject(errors)) return refuse(place, "has errors that are not an object");
  if (deprecated !== undefined && !isObject(deprecated))
    return refuse(place, "has a deprecation that is not an object");
  if (typeof requestOptional !== "boolean" || typeof idempotent !== "boolean") {
    const wrong = typeof idempotent === "boolean" ? "requestOptional" : "idempotent";
    return refuse(place, `has "${wrong}", which is neither true nor false`);
  }
  if (doc !== undefined && typeof doc !== "string")
    return refuse(place, 'has a "doc" that is not a text');
  return {
    kind,
    request,
    presence: requestOptional ? "optional" : "required",
    response,
    errors: new Map(Object.entries(errors)),
    idempotent,
    ...(deprecated === undefined ? {} : { deprecated }),
    ...(doc === undefined ? {} : { doc }),
  };
}

/** The two messages; of a notification the one that nobody sends is the schema that nothing matches. */
function messagesOf(
  kind: ProcedureKind,
  { request, response }: Readonly<Record<string, unknown>>,
  place: string,
): Pick<MappedProcedure, "request" | "response"> {
  const { oneWay, title }: ProcedureKindRule = procedureKinds[kind];
  if (oneWay === "client" && response !== undefined)
    return refuse(place, `has a "response", which no ${title} has`);
  if (oneWay === "server" && request !== undefined)
    return refuse(place, `has a "request", which no ${title} has`);
  if (oneWay === "client") return { request: request ?? emptyRequest, response: false };
  if (response === undefined) return refuse(place, 'has no "response"');
  return { request: oneWay === "server" ? false : (request ?? emptyRequest), response };
}

function isKind(kind: unknown): kind is ProcedureKind {
  return typeof kind === "string" && Object.hasOwn(procedureKinds, kind);
}

function refuse(place: string, what: string): never {
  throw new UnusableInput(`${place} ${what}.`);
}
