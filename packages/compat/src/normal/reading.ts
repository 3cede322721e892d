/** Reads the keywords of one schema one by one, and notes what makes no sense. */
import type { Fault } from "./facts.ts";
import type { SchemaNode } from "./node.ts";
import { below } from "./path.ts";
import { type Ratio, ratioOf } from "./ratio.ts";
import { isRecord } from "./value.ts";

const applicators = [
  "$dynamicRef",
  "$recursiveRef",
  "$ref",
  "allOf",
  "anyOf",
  "dependencies",
  "dependentSchemas",
  "if",
  "oneOf",
];

/** A schema while it is read. */
export class Reading {
  readonly faults: Fault[] = [];
  readonly node: SchemaNode;
  readonly raw: Readonly<Record<string, unknown>>;

  constructor(node: SchemaNode, raw: Readonly<Record<string, unknown>>) {
    this.node = node;
    this.raw = raw;
  }

  /** What a keyword says; undefined when the schema does not have it. */
  get(keyword: string): unknown {
    return Object.hasOwn(this.raw, keyword) ? this.raw[keyword] : undefined;
  }

  has(keyword: string): boolean {
    return this.get(keyword) !== undefined;
  }

  /** Whether no schema is applied in place, so that `unevaluated…` means the same as `additional…`. */
  alone(): boolean {
    return !applicators.some((keyword) => this.has(keyword));
  }

  fault(keyword: string, reason: string): void {
    this.faults.push({ path: below(this.node.path, keyword), keyword, reason });
  }

  /** A whole number that is not negative. */
  count(keyword: string): number | undefined {
    const value = this.get(keyword);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isInteger(value) && value >= 0) return value;
    this.fault(keyword, `${keyword} must be a whole number that is not negative.`);
    return undefined;
  }

  ratio(keyword: string): Ratio | undefined {
    const value = this.get(keyword);
    if (value === undefined) return undefined;
    if (typeof value === "number" && Number.isFinite(value)) return ratioOf(value);
    this.fault(keyword, `${keyword} must be a number.`);
    return undefined;
  }

  /** Texts in a list. */
  names(keyword: string): readonly string[] {
    const value = this.get(keyword);
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every((name) => typeof name === "string")) return value;
    // Draft 3 and hand-written schemas say `required: true` inside the property.
    this.fault(keyword, `${keyword} must be a list of names.`);
    return [];
  }

  schema(keyword: string): SchemaNode | undefined {
    const value = this.get(keyword);
    return value === undefined ? undefined : this.child(value, keyword);
  }

  schemas(keyword: string): readonly SchemaNode[] | undefined {
    const value = this.get(keyword);
    if (value === undefined) return undefined;
    if (Array.isArray(value)) return value.map((part, index) => this.child(part, keyword, index));
    this.fault(keyword, `${keyword} must be a list of schemas.`);
    return undefined;
  }

  schemasByName(keyword: string): readonly (readonly [string, SchemaNode])[] {
    return this.byName(keyword).map(([name, part]) => [name, this.child(part, keyword, name)]);
  }

  byName(keyword: string): readonly (readonly [string, unknown])[] {
    const value = this.get(keyword);
    if (value === undefined) return [];
    if (isRecord(value)) return Object.entries(value);
    this.fault(keyword, `${keyword} must be an object.`);
    return [];
  }

  /** The node of a schema inside this one. */
  child(raw: unknown, ...steps: readonly (string | number)[]): SchemaNode {
    if (typeof raw === "boolean" || isRecord(raw)) {
      return this.node.document.at(raw, below(this.node.path, ...steps), this.node);
    }
    this.fault(String(steps[0]), `A schema must be an object or a boolean.`);
    return this.node.document.make("true", true);
  }

  /** The node of a schema that nobody wrote. */
  made(name: string, raw: unknown): SchemaNode {
    return this.node.document.make(`${this.node.id}:${name}`, raw, this.node);
  }
}
