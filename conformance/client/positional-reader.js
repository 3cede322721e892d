/**
 * Messages in the encoding `positional`, read with a release's schemas: `docs/protocol/positional.md`, and nothing else.
 *
 * It does not check bounds, patterns and formats; a client that has no use for them may do without.
 */
import { Reader } from "./msgpack-reader.js";
import { Shapes, typeOf } from "./positional-shape.js";

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
    this.shapes = new Shapes(definitions);
  }

  /** @param {any} schema @param {any} wire @returns {unknown} */
  value(schema, wire) {
    const target = this.shapes.behind(schema);
    if (this.shapes.isFree(target)) return wire;
    const constants = this.shapes.constants(target);
    if (constants !== undefined) return constants[wire];
    const alternatives = this.shapes.alternatives(target);
    if (alternatives !== undefined) return this.alternative(alternatives, wire);
    switch (typeOf(target)) {
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
    const others = alternatives.filter((each) => !this.shapes.isNull(each));
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
      const only = place < 0 ? this.constant(own) : undefined;
      if (only?.length === 1) object[name] = only[0];
      else if (place < 0 || (wire[place >> 5] >>> (place & 31)) % 2 === 1)
        object[name] = this.value(own, fields.shift());
    }
    if (this.keepsOthers(schema)) this.others(schema, fields.shift(), object);
    return object;
  }

  /** What a property's own schema lists, not what it refers to. @param {any} schema */
  constant(schema) {
    const own = this.shapes.only(schema);
    return this.shapes.isFree(own) ? undefined : this.shapes.constants(own);
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

  /** @param {any} schema @param {Set<unknown>} seen @returns {boolean} */
  hasTexts(schema, seen) {
    const target = this.shapes.behind(schema);
    if (typeof target === "boolean" || seen.has(target)) return false;
    seen.add(target);
    if (this.shapes.isFree(target) || this.shapes.constants(target) !== undefined) return false;
    const inner = (/** @type {any} */ each) => this.hasTexts(each, seen);
    const alternatives = this.shapes.alternatives(target);
    if (alternatives !== undefined) return alternatives.some(inner);
    const type = typeOf(target);
    if (type === "string") return true;
    if (type === "array") {
      const { prefixItems = [], items = true, additionalItems = true } = target;
      return [...prefixItems, items, additionalItems].flat().some(inner);
    }
    if (type !== "object") return false;
    return this.keepsOthers(target) || Object.values(target.properties ?? {}).some(inner);
  }
}

/** @param {Schema} schema @param {number} index */
function itemSchema({ items = true, prefixItems, additionalItems = true }, index) {
  const places = prefixItems ?? (Array.isArray(items) ? items : []);
  return places[index] ?? (Array.isArray(items) ? additionalItems : items);
}
