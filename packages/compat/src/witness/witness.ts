/** Witnesses: concrete values that a sender may emit and a receiver refuses, confirmed by TypeBox on both sides. */
import { accepted, emitted } from "../include/literal.ts";
import type { Search } from "../include/search.ts";
import type { SchemaNode } from "../normal/node.ts";
import { isRecord, kindOf, textOf } from "../normal/value.ts";
import { isValid } from "../typebox.ts";
import { lowered } from "./lower.ts";
import { smaller } from "./smaller.ts";

/** How many smaller values are tried for one witness. */
const tries = 60;

/** Confirms values for one pair of sender and receiver. */
export class Witnesses {
  readonly #search: Search;
  readonly #sender: SchemaNode;
  /** Findings of one message come upon the same values again and again. */
  readonly #confirmed = new Map<string, boolean>();
  readonly #schemas: { readonly sender: unknown; readonly receiver: unknown };

  constructor(search: Search, sender: SchemaNode, receiver: SchemaNode) {
    this.#search = search;
    this.#sender = sender;
    const { space } = search;
    this.#schemas = { sender: lowered(sender, space), receiver: lowered(receiver, space) };
  }

  /** Whether a value is one that the sender may emit and the receiver refuses. */
  confirms(value: unknown): boolean {
    const text = textOf(value);
    const known = this.#confirmed.get(text);
    if (known !== undefined) return known;
    const isConfirmed = this.#isWitness(value);
    this.#confirmed.set(text, isConfirmed);
    return isConfirmed;
  }

  #isWitness(value: unknown): boolean {
    return isValid(this.#schemas.sender, value) && !isValid(this.#schemas.receiver, value) && this.#isEmitted(value);
  }

  /** The smallest value found that still breaks, and breaks something that a further check asks for. */
  shrunk(value: unknown, alsoBreaks: (value: unknown) => boolean): unknown {
    let best = value;
    let left = tries;
    for (let found = true; found && left > 0; ) {
      found = false;
      for (const candidate of smaller(best)) {
        left -= 1;
        if (left < 0) break;
        if (!this.confirms(candidate) || !alsoBreaks(candidate)) continue;
        best = candidate;
        found = true;
        break;
      }
    }
    return best;
  }

  #isEmitted(value: unknown): boolean {
    // A value of the wire cannot be written into a schema; the search built it from declared parts.
    if (holdsWireValue(value)) return true;
    const only = this.#search.made(`only:${JSON.stringify(value)}`, { const: value });
    return this.#search.find(emitted(this.#sender), accepted(only)).found === "value";
  }
}

function holdsWireValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsWireValue);
  if (isRecord(value)) return Object.values(value).some(holdsWireValue);
  return ["bytes", "timestamp", "bigint"].includes(kindOf(value) ?? "");
}
