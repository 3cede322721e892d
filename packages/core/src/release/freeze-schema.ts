/** A schema as its author wrote it in TypeBox, made into plain JSON that means the same without TypeBox. */
import { roleOf } from "../schema/keyword.ts";
import { unmetDemand } from "../schema/keyword-value.ts";
import { isPropertyName } from "../schema/property-name.ts";
import { definitionPrefix, type Schema } from "../schema/schema.ts";
import { canonicalJson } from "./canonical.ts";
import { circularDefinitions } from "./circular-definition.ts";
import { isJsonObject, jsonLoss } from "./plain-json.ts";
import type { Problem } from "./problem.ts";

const definitionGrammar = /^[A-Za-z_][A-Za-z0-9_]{0,99}$/;

/** TypeBox's types of values that JSON does not have, and what to write instead. */
const unfreezableTypes: ReadonlyMap<unknown, string> = new Map([
  ["bigint", "write BigInteger() from @concordat/core"],
  ["undefined", "write Type.Optional(…) around the property, or Type.Null()"],
  ["void", "write Type.Null() or Type.Object({})"],
  ["symbol", "write Type.String()"],
  ["function", "a function cannot travel; make it a procedure"],
  ["constructor", "a class cannot travel; write Type.Object({…})"],
]);

/** Hidden marks that JSON loses, and what to write instead. */
const unfreezableMarks: ReadonlyMap<string, string> = new Map([
  ["~refine", "say it with keywords (minimum, pattern, …) or check it in the handler"],
  ["~codec", "convert in the handler, or use Timestamp(), Bytes() or BigInteger()"],
]);

/** Collects definitions and problems while the schemas of one contract are frozen. */
export class SchemaFreezer {
  readonly definitions: Map<string, Schema> = new Map();
  readonly problems: Problem[] = [];
  /** Looked at again when all schemas are frozen: a definition may stand behind its first mention. */
  readonly #references: { readonly name: string; readonly path: string }[] = [];
  /** Where each definition was first met. */
  readonly #places = new Map<string, string>();
  readonly #repeated: { readonly name: string; readonly plain: Schema; readonly path: string }[] =
    [];

  /** The plain form of a schema. Problems are collected, and the place filled with `true`. */
  freeze(schema: unknown, path: string): Schema {
    if (typeof schema === "boolean") return schema;
    if (!isJsonObject(schema)) {
      return this.#refuse(path, "is not a schema; write one with TypeBox's Type");
    }
    this.#checkMarks(schema, path);
    this.#hoist(schema, path);
    const name = ownText(schema, "$id");
    if (name === undefined) return this.#plain(schema, path);
    this.#define(name, schema, path);
    return { $ref: definitionPrefix + name };
  }

  /** Looks at what can only be known when every schema of the contract was frozen. */
  finish(): void {
    for (const { name, path } of this.#references) {
      if (this.definitions.has(name)) continue;
      const message = `refers to ${name}, which this contract does not define; give the schema the $id ${JSON.stringify(name)} where it stands`;
      this.#refuse(path, message);
    }
    for (const name of circularDefinitions(this.definitions)) {
      const message = `leads back to ${name} without an object or an array in between, so no value is described by it; say what ${name} is`;
      this.#refuse(this.#places.get(name) ?? name, message);
    }
    for (const { name, plain, path } of this.#repeated) {
      if (canonicalJson(this.definitions.get(name)) === canonicalJson(plain)) continue;
      this.#refuse(
        path,
        `is a second, different schema named ${name}; give one of them another $id`,
      );
    }
  }

  /** Definitions that stand inside a schema, as `Type.Cyclic` writes them, become the contract's own. */
  #hoist(schema: object, path: string): void {
    for (const keyword of ["$defs", "definitions"]) {
      const inner: unknown = Object.getOwnPropertyDescriptor(schema, keyword)?.value;
      if (typeof inner !== "object" || inner === null) continue;
      for (const [name, body] of Object.entries(inner)) {
        this.#define(name, body, `${path}/${keyword}/${name}`);
      }
    }
  }

  #define(name: string, body: unknown, path: string): void {
    if (!definitionGrammar.test(name)) {
      this.#refuse(path, `has the name ${JSON.stringify(name)}; use letters, digits and "_"`);
      return;
    }
    const known = this.definitions.get(name);
    if (known === undefined) {
      this.definitions.set(name, true); // holds the place while the body refers to itself
      this.#places.set(name, path);
    }
    if (isJsonObject(body)) this.#hoist(body, path);
    const plain = isJsonObject(body) ? this.#plain(body, path) : this.freeze(body, path);
    if (known === undefined) this.definitions.set(name, plain);
    else this.#repeated.push({ name, plain, path });
  }

  #plain(schema: object, path: string): Schema {
    const plain: Record<string, unknown> = {};
    for (const [keyword, value] of Object.entries(schema)) {
      if (
        keyword === "$id" ||
        keyword === "$defs" ||
        keyword === "definitions" ||
        keyword === "$schema"
      ) {
        continue;
      }
      if (value !== undefined) plain[keyword] = this.#keyword(keyword, value, `${path}/${keyword}`);
    }
    return plain; // built from the keywords of a schema, one by one
  }

  #keyword(keyword: string, value: unknown, path: string): unknown {
    switch (roleOf(keyword)) {
      case undefined:
        return this.#refuse(path, "is no keyword that a contract may use; leave it out");
      case "schema":
        return this.freeze(value, path);
      case "schemas":
      case "either": {
        const demand = unmetDemand(keyword, value);
        if (demand !== undefined) return this.#refuse(path, `is not ${demand}`);
        return Array.isArray(value)
          ? value.map((each, at) => this.freeze(each, `${path}/${at}`))
          : this.freeze(value, path);
      }
      case "named":
        return this.#named(keyword, value, path);
      case "reference":
        return this.#reference(value, path);
      default:
        return this.#value(keyword, value, path);
    }
  }

  #named(keyword: string, value: unknown, path: string): unknown {
    if (!isJsonObject(value)) return this.#refuse(path, "is not an object of schemas");
    const entries = Object.entries(value).map(([name, schema]) => {
      const at = `${path}/${name}`;
      if (keyword === "patternProperties") this.#checkPattern(name, at);
      else if (!isPropertyName(name))
        this.#refuse(at, "has a name that every object has by birth; rename it");
      return [name, this.freeze(schema, at)] as const;
    });
    return Object.fromEntries(entries);
  }

  #reference(value: unknown, path: string): unknown {
    const name =
      typeof value === "string" ? value.replace(/^#\/(?:\$defs|definitions)\//, "") : undefined;
    if (name !== undefined && definitionGrammar.test(name)) {
      this.#references.push({ name, path });
      return definitionPrefix + name;
    }
    return this.#refuse(
      path,
      `refers to ${JSON.stringify(value)}; refer to a definition of this contract`,
    );
  }

  #value(keyword: string, value: unknown, path: string): unknown {
    if (keyword === "type") {
      const instead = unfreezableTypes.get(value);
      if (instead !== undefined)
        return this.#refuse(path, `is ${String(value)}, which JSON does not have; ${instead}`);
    }
    if (keyword === "pattern") return this.#checkPattern(value, path);
    const loss = jsonLoss(value);
    const demand = unmetDemand(keyword, value);
    if (loss === undefined)
      return demand === undefined ? value : this.#refuse(path, `is not ${demand}`);
    return this.#refuse(
      path + loss.path,
      `is ${loss.what}, which JSON does not have; write a text, a number, true, false, null, a list or an object`,
    );
  }

  #checkPattern(value: unknown, path: string): unknown {
    if (value instanceof RegExp) {
      return this.#refuse(
        path,
        `is a RegExp, which JSON loses; write the text ${JSON.stringify(value.source)}`,
      );
    }
    const demand = unmetDemand("pattern", value);
    if (demand !== undefined) return this.#refuse(path, `is not ${demand}`);
    try {
      new RegExp(String(value), "u").test("");
      return value;
    } catch (error) {
      return this.#refuse(path, `is no regular expression: ${String(error)}`);
    }
  }

  #checkMarks(schema: object, path: string): void {
    for (const [mark, instead] of unfreezableMarks) {
      if (Object.hasOwn(schema, mark)) {
        this.#refuse(path, `has a ${mark.slice(1)} callback, which JSON loses; ${instead}`);
      }
    }
  }

  #refuse(path: string, message: string): true {
    this.problems.push({ path, message });
    return true;
  }
}

function ownText(schema: object, keyword: string): string | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(schema, keyword)?.value;
  return typeof value === "string" ? value : undefined;
}
