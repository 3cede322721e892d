/** Witnesses: concrete values that a sender may emit and a receiver refuses, confirmed by TypeBox on both sides. */
import { fits } from "../include/fitting.ts";
import { emitted } from "../include/literal.ts";
import type { Search } from "../include/search.ts";
import type { SchemaNode } from "../normal/node.ts";
import { isRecord, kindOf } from "../normal/value.ts";
import { isValid } from "../typebox.ts";
import { smaller } from "./smaller.ts";
import { type Toll, TollSpent } from "./toll.ts";

/** How many references one check may follow. Where that was not enough, the next checks get fewer. */
const mostReferences = 50_000;

/** How many smaller values are tried for one witness. */
const tries = 30;

/** Both sides as TypeBox reads them, and what bounds a check of either. */
export interface LoweredPair {
  readonly sender: unknown;
  readonly receiver: unknown;
  readonly toll: Toll;
}

/** Confirms values for one pair of sender and receiver. */
export class Witnesses {
  readonly #search: Search;
  readonly #sender: SchemaNode;
  readonly #schemas: LoweredPair;
  #references = mostReferences;
  /** Findings of one message come upon the same values again and again. */
  readonly #confirmed = new Map<string, boolean>();

  constructor(search: Search, sender: SchemaNode, schemas: LoweredPair) {
    this.#search = search;
    this.#sender = sender;
    this.#schemas = schemas;
  }

  /** Whether TypeBox finds that a value is valid for the sender and not for the receiver. */
  confirms(value: unknown): boolean {
    const text = holdsWireValue(value) ? undefined : JSON.stringify(value);
    const known = text === undefined ? undefined : this.#confirmed.get(text);
    if (known !== undefined) return known;
    const isConfirmed = this.#breaks(value);
    if (text !== undefined) this.#confirmed.set(text, isConfirmed);
    return isConfirmed;
  }

  /** Whether TypeBox finds that a value is valid for the sender. */
  isValid(value: unknown): boolean {
    return this.#checked(() => isValid(this.#schemas.sender, value));
  }

  #breaks(value: unknown): boolean {
    const { sender, receiver } = this.#schemas;
    return this.#checked(() => isValid(sender, value) && !isValid(receiver, value));
  }

  #checked(check: () => boolean): boolean {
    this.#schemas.toll.allow(this.#references);
    try {
      return check();
    } catch (error) {
      if (!(error instanceof TollSpent)) throw error;
      this.#references = Math.floor(this.#references / 4);
      return false;
    }
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

  /** Whether a value is valid for the sender and holds declared properties only. */
  isEmitted(value: unknown): boolean {
    return fits(this.#search, [emitted(this.#sender)], value) === true;
  }
}

function holdsWireValue(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(holdsWireValue);
  if (isRecord(value)) return Object.values(value).some(holdsWireValue);
  return ["bytes", "timestamp", "bigint"].includes(kindOf(value) ?? "");
}
