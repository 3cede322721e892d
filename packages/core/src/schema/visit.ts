/** What one visit of a shape to a value keeps track of: where it is, what went wrong, and what it has tried already. */

import type { Identities } from "./identities.ts";
import { segmentOf } from "./pointer.ts";

/** What a check returns for a value that does not match. What is wrong stands in the {@link Visit}. */
export const MISMATCH: unique symbol = Symbol("mismatch");

/**
 * Looks at one value.
 *
 * Returns what the contract keeps of it, or {@link MISMATCH}. With `raw`, the result is going to be merged with
 * what other schemas keep of the same value, and holds an `Undeclared` wherever this one declares nothing.
 */
export type Check = (value: unknown, visit: Visit, raw: boolean) => unknown;

/** As many levels as a message may nest on the wire. */
export const maxDepth = 64;

/** More than this many references without a level between them lead in a circle. */
const maxHops = 1_000;

/** What a check said about a value. */
export interface Outcome {
  readonly result: unknown;
  readonly path: string;
  readonly reason: string;
}

/** The state of one visit. Made for each value, so that a shape itself never changes. */
export class Visit {
  /** Where the last mismatch is, relative to whoever is asked, as a JSON pointer. */
  path = "";
  /** What is wrong there, without the value. */
  reason = "";
  /** Whether a rule was met that may hold before undeclared properties are left out, and not after. */
  fragile = false;
  /** What other schemas keep of the value that is looked at next; undefined where there are none. */
  beside: unknown;
  /** What tells its arrays and objects apart; undefined where nothing has asked. */
  identities: Identities | undefined;

  #trials = 0;
  #hops = 0;
  readonly #ancestors: object[] = [];
  #outcomes: Map<object, Map<object, Outcome>> | undefined;

  /** Notes what is wrong with the value itself. */
  fail(reason: string): typeof MISMATCH {
    this.path = "";
    this.reason = reason;
    return MISMATCH;
  }

  /** Passes on what is wrong with a part of the value. */
  under(segment: string | number): typeof MISMATCH {
    this.path = `/${typeof segment === "number" ? segment : segmentOf(segment)}${this.path}`;
    return MISMATCH;
  }

  /** Notes what is wrong with a part of the value. */
  failAt(segment: string | number, reason: string): typeof MISMATCH {
    this.fail(reason);
    return this.under(segment);
  }

  /** Goes one level down; false, with the reason noted, when that is one too many or leads in a circle. */
  enter(value: object): boolean {
    if (this.#ancestors.length === maxDepth) this.fail(`is nested deeper than ${maxDepth} levels`);
    else if (this.#ancestors.includes(value)) this.fail("refers back to itself");
    else {
      this.#ancestors.push(value);
      this.beside = undefined;
      return true;
    }
    return false;
  }

  /** Comes back from where {@link enter} led. */
  leave(): void {
    this.#ancestors.pop();
  }

  /** Follows a reference, which must not lead in a circle without looking into the value. */
  follow(check: Check, value: unknown, raw: boolean): unknown {
    if (this.#hops === maxHops)
      return this.fail("is described by a definition that only refers to itself");
    this.#hops += 1;
    const result = check(value, this, raw);
    this.#hops -= 1;
    return result;
  }

  /** Tries an alternative whose failure is no failure of the whole. */
  attempt(check: Check, value: unknown, raw: boolean): unknown {
    this.#trials += 1;
    const result = check(value, this, raw);
    this.#trials -= 1;
    return result;
  }

  /** What was found out about a value before, by its name; undefined where nothing was. */
  recall(name: object, value: object): Outcome | undefined {
    return this.#outcomes?.get(value)?.get(name);
  }

  /** Whether the same check may be asked about the same value again: others try it, or look at it as well. */
  mayRepeat(raw: boolean): boolean {
    return (this.#trials > 0 || raw) && this.beside === undefined;
  }

  /** Keeps what was found out about a value. */
  remember(name: object, value: object, result: unknown): void {
    this.#outcomes ??= new Map();
    const outcomes = this.#outcomes.get(value) ?? new Map<object, Outcome>();
    this.#outcomes.set(value, outcomes.set(name, { result, path: this.path, reason: this.reason }));
  }
}
