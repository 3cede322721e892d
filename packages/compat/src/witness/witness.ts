/** Witnesses: concrete values that a sender may emit and a receiver refuses, confirmed by TypeBox on both sides. */
import { accepted, emitted } from "../include/literal.ts";
import type { Search } from "../include/search.ts";
import type { SchemaNode } from "../normal/node.ts";
import { isRecord, kindOf } from "../normal/value.ts";
import { isValid } from "../typebox.ts";
import { smaller } from "./smaller.ts";

/** How many smaller values are tried for one witness. */
const tries = 30;

/** Confirms values for one pair of sender and receiver. */
export class Witnesses {
  readonly #search: Search;
  readonly #sender: SchemaNode;
  readonly #schemas: { readonly sender: unknown; readonly receiver: unknown };
  /** Findings of one message come upon the same values again and again. */
  readonly #confirmed = new Map<string, boolean>();

  /** `schemas`: both sides as TypeBox reads them. */
  constructor(
    search: Search,
    sender: SchemaNode,
    schemas: { readonly sender: unknown; readonly receiver: unknown },
  ) {
    this.#search = search;
    this.#sender = sender;
    this.#schemas = schemas;
  }

  /** Whether TypeBox finds that a value is valid for the sender and not for the receiver. */
  confirms(value: unknown): boolean {
    const text = holdsWireValue(value) ? undefined : JSON.stringify(value);
    const known = text === undefined ? undefined : this.#confirmed.get(text);
    if (known !== undefined) return known;
    const isConfirmed =
      isValid(this.#schemas.sender, value) && !isValid(this.#schemas.receiver, value);
    if (text !== undefined) this.#confirmed.set(text, isConfirmed);
    return isConfirmed;
  }

  /** The smallest value found that still breaks, and breaks something that a further check asks for. */
  shrunk(value: unknown, alsoBreaks: (value: unknown) => boolean): unknown {
    let best = value;
    let left = tries;
    for (let found = true; found && left > 0;) {
      found = false;
      for (const candidate of smaller(best)) {
        left -= 1;
        if (left < 0) break;
        if (!this.confirms(candidate) || !this.isEmitted(candidate) || !alsoBreaks(candidate))
          continue;
        best = candidate;
        found = true;
        break;
      }
    }
    return best;
  }

  /** Whether a value holds declared properties only. What the search itself found does, by construction. */
  isEmitted(value: unknown): boolean {
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
