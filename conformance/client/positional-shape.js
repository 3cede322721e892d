/**
 * What stands on the wire for a schema: `docs/protocol/positional.md`, and nothing else.
 */

/** @typedef {Record<string, any>} Schema */

/** What may stand beside any keyword without changing what travels. */
const texts = new Set(
  "title description examples deprecated readOnly writeOnly contentEncoding contentMediaType $comment".split(
    " ",
  ),
);

/** Of these only one may stand in a schema. */
const heads = [["$ref"], ["const", "enum"], ["x-concordat"], ["anyOf"], ["oneOf"], ["allOf"]];

/** What else may stand beside one of them. */
const others = new Set([...texts, "default", "type"]);

/** Looks at the schemas of one release. */
export class Shapes {
  /** @param {Record<string, any>} definitions */
  constructor(definitions) {
    this.definitions = definitions;
  }

  /** The schema itself, or what it says in other words: a reference, or the only one in a list. @param {any} schema @returns {any} */
  behind(schema) {
    if (typeof schema === "boolean" || this.isMixed(schema)) return schema;
    if (schema.$ref !== undefined)
      return this.behind(this.definitions[schema.$ref.slice("#/definitions/".length)]);
    return this.only(schema);
  }

  /** What a list of one schema says. @param {any} schema @returns {any} */
  only(schema) {
    const list = schema.anyOf ?? schema.oneOf ?? schema.allOf;
    return list?.length === 1 && !this.isMixed(schema) ? this.only(list[0]) : schema;
  }

  /** Whether more is said than one thing. @param {Schema} schema */
  isMixed(schema) {
    const found = heads.filter((names) => names.some((name) => name in schema));
    if (found.length === 0) return false;
    if (found.length > 1) return true;
    const [name = ""] = found[0] ?? [];
    if (name === "x-concordat") return false;
    if (name !== "const" && "type" in schema) return true;
    return Object.keys(schema).some((key) => !others.has(key) && !found[0]?.includes(key));
  }

  /** @param {any} schema @returns {boolean} */
  isFree(schema) {
    if (typeof schema === "boolean") return schema;
    if ("not" in schema || "if" in schema || this.isMixed(schema)) return true;
    if ((schema["allOf"]?.length ?? 0) > 1) return true;
    if ("x-concordat" in schema) return false;
    const constants = schema["const"] === undefined ? schema["enum"] : [schema["const"]];
    if (constants !== undefined) return !constants.every(isScalar);
    const alternatives = this.alternatives(schema);
    if (alternatives !== undefined)
      return this.constants(schema) === undefined && !this.areToldApart(alternatives);
    const type = typeOf(schema);
    if (type === "array") return schema["uniqueItems"] === true || "contains" in schema;
    if (type === "object") return isFreeObject(schema);
    return !["type", "$ref", "anyOf", "oneOf", "allOf"].some((word) => word in schema);
  }

  /** The constants of a schema, in their order. @param {any} schema @returns {unknown[] | undefined} */
  constants(schema) {
    if (typeof schema === "boolean") return undefined;
    if (typeOf(schema) === "null") return [null];
    const listed = this.isMixed(schema) ? undefined : constantsOf(schema);
    const jsons = new Set(listed?.map((each) => JSON.stringify(each)));
    return listed && [...jsons].toSorted().map((json) => JSON.parse(json));
  }

  /** @param {any} schema @returns {any[] | undefined} */
  alternatives({ type, anyOf, oneOf, ...rest }) {
    const types = typesOf(type);
    return types.length > 1 ? types.map((each) => ({ ...rest, type: each })) : (anyOf ?? oneOf);
  }

  /** Whether a schema is null itself, not behind a reference. @param {any} schema */
  isNull(schema) {
    const constants = this.constants(this.only(schema));
    return constants?.length === 1 && constants[0] === null;
  }

  /** @param {any[]} alternatives */
  areToldApart(alternatives) {
    /** @type {Map<string, any[]>} */
    const found = new Map();
    for (const each of alternatives) {
      const kinds = this.kinds(each);
      if (kinds === undefined) return false;
      for (const kind of kinds) found.set(kind, [...(found.get(kind) ?? []), each]);
    }
    return [...found].every(
      ([kind, each]) => each.length === 1 || (kind === "object" && this.areTagged(each)),
    );
  }

  /** The kinds of the values that a schema admits; undefined for a free value. @param {any} schema @returns {Set<string> | undefined} */
  kinds(schema) {
    const target = this.behind(schema);
    if (this.isFree(target)) return undefined;
    const constants = this.constants(target);
    if (constants !== undefined)
      return new Set(constants.map((each) => (each === null ? "null" : typeof each)));
    if (typeof target === "boolean") return new Set();
    const alternatives = this.alternatives(target);
    if (alternatives !== undefined)
      return new Set(alternatives.flatMap((each) => [...(this.kinds(each) ?? [])]));
    const type = typeOf(target) ?? "";
    return new Set([type === "integer" ? "number" : type]);
  }

  /** Whether a property tells objects apart. @param {any[]} objects */
  areTagged(objects) {
    const targets = objects.map((each) => this.behind(each));
    const names = Object.keys(targets[0].properties ?? {}).toSorted();
    return names.some((name) => {
      const each = targets.map(({ properties = {}, required = [] }) => {
        const property = required.includes(name) ? properties[name] : undefined;
        return property && this.constants(this.behind(property));
      });
      const all = each.flat();
      return !each.includes(undefined) && new Set(all).size === all.length;
    });
  }
}

/** What a schema is about, where that is one thing. @param {Schema} schema @returns {string | undefined} */
export function typeOf(schema) {
  const [type, another] = [schema["x-concordat"] ?? typesOf(schema["type"])].flat();
  return another === undefined ? type : undefined;
}

/** @param {undefined | string | string[]} type */
function typesOf(type = []) {
  const types = [type].flat();
  return types.filter((each) => each !== "integer" || !types.includes("number"));
}

/** @param {unknown} value */
function isScalar(value) {
  return typeof value !== "object" || value === null;
}

/** The constants that a schema lists, as far as its type admits them. @param {Schema} schema @returns {unknown[] | undefined} */
function constantsOf(schema) {
  const alternatives = schema["anyOf"] ?? schema["oneOf"];
  if (alternatives !== undefined) return joined(alternatives);
  const { const: only, enum: listed = only === undefined ? undefined : [only], type } = schema;
  const types = new Set([type].flat());
  return listed?.filter(
    (/** @type {unknown} */ each) =>
      type === undefined ||
      types.has(each === null ? "null" : typeof each) ||
      (types.has("integer") && Number.isInteger(each)),
  );
}

/** The constants of alternatives that are nothing else. @param {Schema[]} alternatives @returns {unknown[] | undefined} */
function joined(alternatives) {
  const words = new Set(["const", "enum", "type", ...texts]);
  const each = alternatives.map((alternative) =>
    Object.keys(alternative).every((word) => words.has(word))
      ? constantsOf(alternative)
      : undefined,
  );
  const all = each.flat();
  const areConstants = !each.includes(undefined) && all.every(isScalar);
  return areConstants && new Set(all).size === all.length ? all : undefined;
}

/** @param {Schema} schema */
function isFreeObject({ properties, patternProperties, additionalProperties, ...schema }) {
  if (properties ?? patternProperties ?? additionalProperties) {
    const words = ["minProperties", "maxProperties", "propertyNames", "dependentRequired"];
    if (words.some((word) => word in schema)) return true;
    const [pattern, another] = Object.keys(patternProperties ?? {});
    if (pattern === undefined) return false;
    const declared = [...Object.keys(properties ?? {}), ...(schema["required"] ?? [])];
    return another !== undefined || declared.some((name) => new RegExp(pattern, "u").test(name));
  }
  return additionalProperties === undefined;
}
