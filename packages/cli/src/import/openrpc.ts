/** An OpenRPC document as a mapping: its methods are procedures, its parameters members of a request. */
import { isObject, isProcedureName, member } from "@concordat/core/internal";

import { UnusableInput } from "../project/unusable-input.ts";
import { valueAt } from "./foreign-pointer.ts";
import type { ImportNotes } from "./import-notes.ts";
import type { Texts } from "./schema-importer.ts";
import {
  emptyRequest,
  type MappedProcedure,
  type Mapping,
  type SchemaSource,
} from "./procedure-mapping.ts";

type Foreign = Readonly<Record<string, unknown>>;

/** Whether a document is an OpenRPC description. */
export function isOpenRpc(document: unknown): document is Foreign {
  return isObject(document) && typeof member(document, "openrpc") === "string";
}

/** The document, and how it is called in messages. */
interface Origin {
  readonly document: Foreign;
  readonly file: string;
}

/** One method, with all that reading it needs. */
interface Method extends Origin {
  readonly fields: Foreign;
  readonly place: string;
  readonly notes: ImportNotes;
}

/**
 * The procedures of an OpenRPC document.
 *
 * @throws UnusableInput when its methods are not what OpenRPC says they are.
 */
export function openRpcMapping(
  document: Foreign,
  texts: Texts,
  notes: ImportNotes,
  file: string,
): Mapping {
  const methods = listOf(document, "methods");
  if (methods.length === 0) throw new UnusableInput(`${file} has no methods.`);
  const mapping = new Map<string, MappedProcedure>();
  for (const [index, entry] of methods.entries()) {
    const place = `#/methods/${index}`;
    const fields = followed({ document, file }, entry, place);
    const method = { document, file, fields, place, notes };
    const name = procedureName(textOf(fields, "name") ?? "", method);
    if (mapping.has(name)) throw new UnusableInput(`${file}: two methods are called ${name}.`);
    mapping.set(name, procedureOf(method, texts));
  }
  return mapping;
}

function procedureOf(method: Method, texts: Texts): MappedProcedure {
  const { fields } = method;
  const doc = textOf(fields, "summary") ?? textOf(fields, "description");
  return {
    kind: "unary",
    request: requestOf(method),
    presence: "required",
    response: responseOf(method),
    errors: errorsOf(method),
    idempotent: false,
    ...(fields["deprecated"] === true ? { deprecated: {} } : {}),
    ...(doc === undefined || texts === "drop" ? {} : { doc }),
  };
}

function requestOf(method: Method): SchemaSource {
  const { file, fields, place, notes } = method;
  const given = fields["params"] ?? [];
  if (!Array.isArray(given))
    throw new UnusableInput(`${file} ${place} has "params" that are no list.`);
  const parameters = given.map((entry: unknown, index) => {
    const parameter = followed(method, entry, `${place}/params/${index}`);
    const name = textOf(parameter, "name");
    if (name === undefined)
      throw new UnusableInput(`${file} ${place} has a parameter without a name.`);
    return { name, schema: parameter["schema"] ?? true, required: parameter["required"] === true };
  });
  if (parameters.length > 0 && fields["paramStructure"] === "by-position")
    notes.add("note", "parameters by position are members of the request by name", place);
  const names = parameters.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined)
    throw new UnusableInput(`${file} ${place} has two parameters called ${JSON.stringify(twice)}.`);
  const required = parameters.filter((each) => each.required).map(({ name }) => name);
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    ...(required.length === 0 ? {} : { required }),
  };
}

function responseOf(method: Method): SchemaSource {
  const { fields, place, notes } = method;
  if (fields["result"] !== undefined)
    return followed(method, fields["result"], `${place}/result`)["schema"] ?? true;
  notes.add("note", "a notification is a call that is answered with an empty object", place);
  return emptyRequest;
}

/** OpenRPC has numbers and sentences for errors; a contract has names. */
function errorsOf(method: Method): ReadonlyMap<string, SchemaSource> {
  const { file, fields, place, notes } = method;
  const errors = listOf(fields, "errors").map((entry, index) => {
    const error = followed(method, entry, `${place}/errors/${index}`);
    const code = member(error, "code");
    if (typeof code !== "number")
      throw new UnusableInput(`${file} ${place} has an error without a number for its code.`);
    const name = errorName(textOf(error, "message") ?? "", code);
    notes.add("note", `error ${code} is called ${name}`, place);
    return [name, true] as const;
  });
  return new Map(errors);
}

function errorName(message: string, code: number): string {
  const words = message.toLowerCase().replace(/[^a-z0-9]+/g, "_");
  const name = words.replace(/^[_0-9]+|_+$/g, "").slice(0, 64);
  return name === "" ? `code_${Math.abs(code)}` : name;
}

function procedureName(name: string, { file, place, notes }: Method): string {
  const legal = name.replace(/[.:]/g, "/").replace(/[^A-Za-z0-9_/]/g, "_");
  if (!isProcedureName(legal))
    throw new UnusableInput(
      `${file} ${place} is called ${JSON.stringify(name)}, which cannot name a procedure.`,
    );
  if (legal !== name) notes.add("note", `the method ${name} is called ${legal}`, place);
  return legal;
}

function followed({ document, file }: Origin, entry: unknown, place: string): Foreign {
  const seen = new Set<string>();
  let target = entry;
  while (isObject(target)) {
    const reference = member(target, "$ref");
    if (typeof reference !== "string") return target;
    if (seen.has(reference))
      throw new UnusableInput(
        `${file} ${place} refers to ${reference}, which leads back to itself.`,
      );
    seen.add(reference);
    target = valueAt(document, reference);
  }
  const last = [...seen].at(-1);
  const what = last === undefined ? "is not an object" : `refers to ${last}, which leads nowhere`;
  throw new UnusableInput(`${file} ${place} ${what}.`);
}

function listOf(object: Foreign, name: string): readonly unknown[] {
  const value = member(object, name);
  return Array.isArray(value) ? value : [];
}

function textOf(object: Foreign, name: string): string | undefined {
  const value = member(object, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}
