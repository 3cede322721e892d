/** From nodes to code: the functions that write and read messages, and the constants that they share. */
import type { Json } from "../../schema/schema.ts";
import type { FreeNode, Node, ObjectNode, UnionNode } from "../node/node.ts";
import { otherRules } from "../other-names.ts";
import type { ReleaseNodes } from "../node/release-nodes.ts";
import type { CodecFunction, CodeValue, Piece } from "./code.ts";
import { capitalized, type Claim, constantNameOf } from "./names.ts";
import { readBody } from "./read-body.ts";
import { ruled } from "./rules.ts";
import { writeBody } from "./write-body.ts";

/** What emitted code does. */
export type Direction = CodecFunction["does"];

/** Emits what messages need, each function and constant once. */
export class Emitter {
  /** In the order in which they can be made: what a constant needs stands before it. */
  readonly pieces: Piece[] = [];
  readonly nodes: ReleaseNodes;
  readonly #claim: Claim;
  readonly #definitions = new Map<string, string>();
  readonly #constants = new Map<string, string>();

  constructor(nodes: ReleaseNodes, claim: Claim) {
    this.nodes = nodes;
    this.#claim = claim;
  }

  /** The name of a function that writes or reads a message. */
  message(node: Node, does: Direction, wish: string): string {
    if (node.kind === "reference") return this.#definition(node.definition, does);
    return this.#function(node, does, wish);
  }

  /** Code that writes a value. */
  write(node: Node, value: string, wish: string): CodeValue {
    const constant = this.leaf(node, "write", value, wish);
    if (constant !== undefined) return constant;
    return { local: this.message(node, "write", wish), given: ["to", value] };
  }

  /** Code that reads a value. */
  read(node: Node, wish: string): CodeValue {
    const leaf = this.leaf(node, "read", "", wish);
    if (leaf !== undefined) return leaf;
    return { local: this.message(node, "read", wish), given: ["from"] };
  }

  /** The call for a node without parts; undefined for one with parts. */
  leaf(node: Node, does: Direction, value: string, wish: string): CodeValue | undefined {
    const given = does === "write" ? ["to", value] : ["from"];
    const isWrite = does === "write";
    switch (node.kind) {
      case "text": {
        const code: CodeValue = { call: isWrite ? "writeText" : "readText", given };
        return ruled(node, code, (source) =>
          this.constant(wish, "Pattern", { call: "regExp", given: [{ json: source }] }),
        );
      }
      case "integer":
        return ruled(node, { call: isWrite ? "writeInteger" : "readInteger", given });
      case "number":
        return ruled(node, { call: isWrite ? "writeNumber" : "readNumber", given });
      case "boolean":
        return { call: isWrite ? "writeBoolean" : "readBoolean", given };
      case "bytes":
        return { call: isWrite ? "writeBytes" : "readBytes", given };
      case "timestamp":
        return { call: isWrite ? "writeTimestamp" : "readTimestamp", given };
      case "bigint":
        return { call: isWrite ? "writeBigInteger" : "readBigInteger", given };
      case "never":
        return { call: isWrite ? "writeNever" : "readNever", given };
      case "choice": {
        const choices = this.choices(node.values, wish);
        return { call: isWrite ? "writeChoice" : "readChoice", given: [...given, choices] };
      }
      case "free":
        return {
          call: isWrite ? "writeFree" : "readFree",
          given: [...given, this.#shape(node, wish)],
        };
      default:
        return undefined;
    }
  }

  /** The constants of a choice. */
  choices(values: readonly Json[], wish: string): string {
    const given = values.map((json): CodeValue => ({ json }));
    return this.constant(wish, "Choices", { call: "choices", given });
  }

  /** The alternatives of a union. */
  variants({ telling }: UnionNode, wish: string): string {
    if (telling === undefined)
      throw new TypeError("The alternatives of a union were not told apart.");
    const { count, isNullable, byKind, tag } = telling;
    const rules: (readonly [string, Json])[] = [["count", count]];
    if (isNullable) rules.push(["nullable", true]);
    rules.push(["kinds", Object.fromEntries(byKind)]);
    if (tag !== undefined) rules.push(["tag", tag.property], ["tags", [...tag.byValue]]);
    const members = rules.map(([name, json]) => [name, { json }] as const);
    return this.constant(wish, "Variants", { call: "variants", given: [{ members }] });
  }

  /** The names of an object's other properties. */
  others(node: ObjectNode, wish: string): string {
    const members = Object.entries(otherRules(node)).map(
      ([name, json]) => [name, { json: json as Json }] as const, // rules are plain values
    );
    return this.constant(wish, "Others", { call: "otherNames", given: [{ members }] });
  }

  /** A constant, made once for each value. */
  constant(wish: string, suffix: string, value: CodeValue): string {
    const key = JSON.stringify(value);
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = this.#claim(constantNameOf(wish, suffix));
    this.#constants.set(key, name);
    this.pieces.push({ name, value });
    return name;
  }

  #shape({ expression }: FreeNode, wish: string): string {
    return this.constant(wish, "Shape", { shape: expression });
  }

  #definition(definition: string, does: Direction): string {
    const key = `${does} ${definition}`;
    const known = this.#definitions.get(key);
    if (known !== undefined) return known;
    const name = this.#claim(does + capitalized(definition));
    this.#definitions.set(key, name);
    this.#emit(this.nodes.definition(definition), does, name, definition);
    return name;
  }

  #function(node: Node, does: Direction, wish: string): string {
    const name = this.#claim(does + capitalized(wish));
    this.#emit(node, does, name, wish);
    return name;
  }

  #emit(node: Node, does: Direction, name: string, wish: string): void {
    const body = does === "write" ? writeBody(node, wish, this) : readBody(node, wish, this);
    this.pieces.push({ name, does, body });
  }
}
