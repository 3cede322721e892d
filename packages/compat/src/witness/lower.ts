/** Writes a schema as TypeBox's validator reads it: local references resolved, older spellings made new. */
import type { SchemaNode, Space } from "../normal/node.ts";
import { listedSchemas, namedSchemas, singleSchemas } from "../normal/keyword.ts";
import { follow, heard } from "../normal/reference.ts";
import { wireKindOf } from "../normal/read-type.ts";
import { isRecord, kindOf } from "../normal/value.ts";
import { Toll } from "./toll.ts";

const left = new Set([
  "$anchor",
  "$defs",
  "$id",
  "$schema",
  "default",
  "definitions",
  "examples",
  "id",
  "nullable",
]);

/**
 * Writes schemas in one piece, without references.
 *
 * Where a type is recursive the schema contains itself as an object, not by name: TypeBox looks names up by
 * walking the whole document, for every value anew.
 */
export class Lowering {
  readonly toll: Toll = new Toll();
  readonly #space: Space;
  readonly #targets = new Map<SchemaNode, Record<string, unknown>>();
  readonly #queue: SchemaNode[] = [];

  constructor(space: Space) {
    this.#space = space;
  }

  /** The schema of a node. */
  of(root: SchemaNode): unknown {
    const schema = this.#target(root);
    for (let node = this.#queue.pop(); node !== undefined; node = this.#queue.pop()) {
      const body = this.#schema(node.raw, node);
      Object.assign(this.#target(node), isRecord(body) ? body : { allOf: [body] });
    }
    return schema;
  }

  /** The schema of a node, to be filled in later if this is the first time that it is met. */
  #target(node: SchemaNode): Record<string, unknown> {
    const known = this.#targets.get(node);
    if (known !== undefined) return known;
    const schema = {};
    this.#targets.set(node, schema);
    this.#queue.push(node);
    return schema;
  }

  #schema(raw: unknown, near: SchemaNode): unknown {
    if (!isRecord(raw)) return raw;
    const from = near.raw === raw ? near : near.document.at(raw, near.path, near);
    const wire = wireKindOf(raw);
    if (wire !== undefined) return onlyIf((value) => kindOf(value) === wire);
    const entries = Object.entries(heard(raw, from.document))
      .filter(([keyword]) => !left.has(keyword))
      .map(([keyword, value]): [string, unknown] => [keyword, this.#keyword(keyword, value, from)]);
    const schema = Object.fromEntries(entries);
    exclusive(schema, "exclusiveMinimum", "minimum");
    exclusive(schema, "exclusiveMaximum", "maximum");
    const { type } = schema;
    if (raw["nullable"] === true && type !== undefined) schema["type"] = [type, "null"].flat();
    if (schema["$ref"] !== undefined) this.#reference(schema, from);
    return { ...schema, ...this.#plain(schema) };
  }

  #reference(schema: Record<string, unknown>, from: SchemaNode): void {
    const reference = schema["$ref"];
    const found = typeof reference === "string" ? follow(reference, from) : undefined;
    // What leads nowhere accepts everything here; a scan has reported it.
    const target = typeof found === "object" ? this.#target(found) : true;
    const others: readonly unknown[] = Array.isArray(schema["allOf"]) ? schema["allOf"] : [];
    delete schema["$ref"];
    schema["allOf"] = [...others, this.toll.schema, target];
  }

  /** Without this TypeBox takes bytes and timestamps for objects. */
  #plain(schema: Readonly<Record<string, unknown>>): object {
    if (this.#space.kinds.size === 6 || schema["type"] === undefined) return {};
    const allows = [schema["type"]].flat().includes("object");
    return allows ? onlyIf((value) => !["bytes", "timestamp"].includes(kindOf(value) ?? "")) : {};
  }

  #keyword(keyword: string, value: unknown, from: SchemaNode): unknown {
    if (Array.isArray(value)) {
      return listedSchemas.has(keyword) ? value.map((part) => this.#schema(part, from)) : value;
    }
    if (singleSchemas.has(keyword)) return this.#schema(value, from);
    if (namedSchemas.has(keyword) && isRecord(value)) {
      return Object.fromEntries(
        Object.entries(value).map(([name, part]) => [
          name,
          Array.isArray(part) ? part : this.#schema(part, from),
        ]),
      );
    }
    return value;
  }
}

/** Draft 4: `exclusiveMinimum: true` beside `minimum`. */
function exclusive(schema: Record<string, unknown>, keyword: string, bound: string): void {
  if (typeof schema[keyword] !== "boolean") return;
  const isExclusive = schema[keyword];
  delete schema[keyword];
  if (!isExclusive || schema[bound] === undefined) return;
  schema[keyword] = schema[bound];
  delete schema[bound];
}

/** A further condition, in the form in which TypeBox takes one. */
function onlyIf(check: (value: unknown) => boolean): object {
  return { "~refine": [{ check, error: () => "" }] };
}
