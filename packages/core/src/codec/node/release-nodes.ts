/** The nodes of one release: of its messages, and of the definitions that they refer to. */
import type { Expression } from "../../schema/expression/expression.ts";
import { expressionOf } from "../../schema/expression/schema-expression.ts";
import type { Definitions, Schema } from "../../schema/schema.ts";
import type { Node, OtherProperties } from "./node.ts";
import { nodeOf } from "./expression-node.ts";
import { isOnlyNull, Teller } from "./telling.ts";

/** Looks into schemas when it is asked, and remembers what definitions are. */
export class ReleaseNodes {
  readonly #definitions: Definitions;
  readonly #raw = new Map<string, Node>();
  readonly #settled = new Map<string, Node>();
  readonly #teller = new Teller((name) => this.#rawDefinition(name));

  constructor(definitions: Definitions) {
    this.#definitions = definitions;
  }

  /**
   * How a message of a schema travels.
   *
   * @throws TypeError when the schema refers to a definition that is not there.
   */
  message(schema: Schema): Node {
    return this.#settle(nodeOf(expressionOf(schema)));
  }

  /** What a reference leads to. */
  definition(name: string): Node {
    const known = this.#settled.get(name);
    if (known !== undefined) return known;
    const raw = this.#rawDefinition(name);
    const isCircle = this.#teller.behind(raw) === undefined;
    const node = isCircle ? free({ definition: name }) : this.#settle(raw);
    this.#settled.set(name, node);
    return node;
  }

  /** Whether any text may stand in a message: then its texts are gathered. */
  hasTexts(node: Node, seen: Set<string> = new Set()): boolean {
    switch (node.kind) {
      case "text":
        return true;
      case "list":
        return this.hasTexts(node.element, seen);
      case "tuple":
        return [...node.places, ...(node.rest === undefined ? [] : [node.rest])].some((each) =>
          this.hasTexts(each, seen),
        );
      case "object": {
        const { matching, rest } = node.others ?? {};
        if (matching !== undefined || (rest !== undefined && rest.kind !== "never")) return true;
        return node.properties.some((property) => this.hasTexts(property.node, seen));
      }
      case "union":
        return node.alternatives.some((each) => this.hasTexts(each, seen));
      case "reference": {
        if (seen.has(node.definition)) return false;
        seen.add(node.definition);
        return this.hasTexts(this.definition(node.definition), seen);
      }
      default:
        return false;
    }
  }

  #rawDefinition(name: string): Node {
    const known = this.#raw.get(name);
    if (known !== undefined) return known;
    const schema = Object.hasOwn(this.#definitions, name) ? this.#definitions[name] : undefined;
    if (schema === undefined) {
      throw new TypeError(
        `A schema refers to the definition ${JSON.stringify(name)}, which is not there.`,
      );
    }
    const node = nodeOf(expressionOf(schema));
    this.#raw.set(name, node);
    return node;
  }

  /** The same node with every union told apart, or left to ordinary MessagePack. */
  #settle(node: Node): Node {
    switch (node.kind) {
      case "list":
        return { ...node, element: this.#settle(node.element) };
      case "tuple":
        return {
          ...node,
          places: node.places.map((place) => this.#settle(place)),
          rest: node.rest && this.#settle(node.rest),
        };
      case "object":
        return {
          ...node,
          properties: node.properties.map((property) => ({
            ...property,
            node: this.#settle(property.node),
          })),
          others: node.others && this.#settleOthers(node.others),
        };
      case "union": {
        const telling = this.#teller.telling(node);
        if (telling === undefined) return free(node.expression);
        const alternatives = node.alternatives.filter((each) => !isOnlyNull(each));
        return { ...node, telling, alternatives: alternatives.map((each) => this.#settle(each)) };
      }
      default:
        return node;
    }
  }

  #settleOthers({ matching, rest }: OtherProperties): OtherProperties {
    return {
      matching: matching && { ...matching, node: this.#settle(matching.node) },
      rest: rest && this.#settle(rest),
    };
  }
}

function free(expression: Expression): Node {
  return { kind: "free", expression };
}
