/**
 * Messages in the encoding `positional`, read with a release's schemas: `docs/protocol/positional.md`, and nothing else.
 *
 * It does not check bounds, patterns and formats; a client that has no use for them may do without.
 */
import { Reader } from "./msgpack-reader.js";

/** @typedef {Record<string, any>} Schema */

/**
 * The value of a message.
 *
 * @param {Uint8Array} bytes
 * @param {any} schema
 * @param {Record<string, any>} definitions
 * @returns {unknown}
 */
export function readMessage(bytes, schema, definitions = {}) {
  const reading = new Reading(definitions);
  const message = /** @type {any} */ (new Reader(bytes).value());
  if (!reading.hasTexts(schema, new Set())) return reading.value(schema, message);
  const [texts, body] = message;
  reading.texts = texts;
  const value = reading.value(schema, body);
  if (reading.at !== texts.length) throw new Error("Texts are left over.");
  return value;
}

class Reading {
  texts = "";
  at = 0;

  /** @param {Record<string, any>} definitions */
  constructor(definitions) {
    this.definitions = definitions;
  }

  /** @param {any} schema @param {any} wire @returns {unknown} */
  value(schema, wire) {
    const target = this.behind(schema);
    if (this.isFree(target)) return wire;
    const constants = this.constants(target);
    if (constants !== undefined) return constants[wire];
    const alternatives = alternativesOf(target);
    if (alternatives !== undefined) return this.alternative(alternatives, wire);
    switch (target["x-concordat"] ?? target.type) {
      case "string":
        return this.text(wire);
      case "timestamp":
        return new Date(wire);
      case "array":
        return wire.map((/** @type {any} */ item, /** @type {number} */ index) =>
          this.value(itemSchema(target, index), item),
        );
      case "object":
        return this.object(target, wire);
      default:
        return wire;
    }
  }

  /** @param {number} length */
  text(length) {
    this.at += length;
    if (this.at > this.texts.length) throw new Error("A text is longer than all texts.");
    return this.texts.slice(this.at - length, this.at);
  }

  /** @param {Schema[]} alternatives @param {any} wire */
  alternative(alternatives, wire) {
    if (wire === null) return null;
    const others = alternatives.filter((each) => !this.isNull(each));
    if (others.length === 1) return this.value(others[0], wire);
    return this.value(others[wire[0]], wire[1]);
  }

  /** @param {Schema} schema @param {any[]} wire */
  object(schema, wire) {
    const { properties = {}, required = [] } = schema;
    const names = [
      .../** @type {Set<string>} */ (new Set([...Object.keys(properties), ...required])),
    ].toSorted();
    const optional = names.filter((name) => !required.includes(name));
    const sets = Math.ceil(optional.length / 32);
    const isRecord = names.length === 0 && this.keepsOthers(schema);
    const fields = isRecord ? [wire] : wire.slice(sets);
    /** @type {Record<string, unknown>} */
    const object = {};
    for (const name of names) {
      const own = properties[name] ?? schema["additionalProperties"] ?? true;
      const place = optional.indexOf(name);
      const only = place < 0 ? this.constants(own) : undefined;
      if (only?.length === 1) object[name] = only[0];
      else if (place < 0 || (wire[place >> 5] >>> (place & 31)) % 2 === 1)
        object[name] = this.value(own, fields.shift());
    }
    if (this.keepsOthers(schema)) this.others(schema, fields.shift(), object);
    return object;
  }

  /** @param {Schema} schema @param {any[]} wire @param {Record<string, unknown>} object */
  others(schema, wire, object) {
    const [pattern, matching] = Object.entries(schema["patternProperties"] ?? {})[0] ?? [];
    for (let at = 0; at < wire.length; at += 2) {
      const name = this.text(wire[at]);
      const isMatch = pattern !== undefined && new RegExp(pattern, "u").test(name);
      if (name === "__proto__") throw new Error("A property cannot be called so.");
      object[name] = this.value(isMatch ? matching : schema["additionalProperties"], wire[at + 1]);
    }
  }

  /** @param {Schema} schema */
  keepsOthers({ patternProperties, additionalProperties = false }) {
    return patternProperties !== undefined || additionalProperties !== false;
  }

  /** @param {any} schema @returns {any} */
  behind(schema) {
    return schema.$ref === undefined
      ? schema
      : this.behind(this.definitions[schema.$ref.slice("#/definitions/".length)]);
  }

  /** @param {any} schema */
  isNull(schema) {
    return schema.type === "null" || schema.const === null;
  }

  /** The scalars that a schema lists, in their order. @param {any} schema @returns {unknown[] | undefined} */
  constants(schema) {
    if (typeof schema === "boolean") return undefined;
    const { const: only, enum: listed, type } = schema;
    if (type === "null") return [null];
    const parts = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].map((each) =>
      this.constants(each),
    );
    const whole = "const" in schema ? [only] : listed;
    const all =
      whole ?? (parts.length > 0 && !parts.includes(undefined) ? parts.flat() : undefined);
    const texts = all?.map((/** @type {unknown} */ each) => JSON.stringify(each));
    return (
      texts &&
      [...new Set(/** @type {string[]} */ (texts))].toSorted().map((text) => JSON.parse(text))
    );
  }

  /** What this small reader knows of free values; the page says which others there are. @param {any} schema */
  isFree(schema) {
    if (typeof schema === "boolean") return true;
    if (["allOf", "not", "if", "contains"].some((word) => word in schema)) return true;
    if (schema["uniqueItems"] === true) return true;
    if (schema.type === "object" && schema["x-concordat"] === undefined)
      return !["properties", "patternProperties", "additionalProperties"].some(
        (word) => word in schema,
      );
    return !["type", "const", "enum", "anyOf", "oneOf", "x-concordat"].some(
      (word) => word in schema,
    );
  }

  /** @param {any} schema @param {Set<unknown>} seen @returns {boolean} */
  hasTexts(schema, seen) {
    const target = this.behind(schema);
    if (seen.has(target) || this.isFree(target) || this.constants(target) !== undefined)
      return false;
    seen.add(target);
    const inner = (/** @type {any} */ each) => this.hasTexts(each, seen);
    const alternatives = alternativesOf(target);
    if (alternatives !== undefined) return alternatives.some(inner);
    if (target["x-concordat"] !== undefined) return false;
    if (target.type === "string") return true;
    if (target.type === "array") {
      const { prefixItems = [], items = true, additionalItems = true } = target;
      return [...prefixItems, items, additionalItems].flat().some(inner);
    }
    if (target.type !== "object") return false;
    return this.keepsOthers(target) || Object.values(target.properties ?? {}).some(inner);
  }
}

/** @param {Schema} schema @returns {Schema[] | undefined} */
function alternativesOf({ type, anyOf, oneOf, ...rest }) {
  if (Array.isArray(type)) return type.map((each) => ({ ...rest, type: each }));
  return anyOf ?? oneOf;
}

/** @param {Schema} schema @param {number} index */
function itemSchema({ items = true, prefixItems, additionalItems = true }, index) {
  const places = prefixItems ?? (Array.isArray(items) ? items : []);
  return places[index] ?? (Array.isArray(items) ? additionalItems : items);
}
