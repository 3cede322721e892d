/** What becomes of the properties of one object: any number of steps, put together so that it is built once. */
import { equalsJson } from "../schema/equality.ts";
import type { Json } from "../schema/schema.ts";

/** Members of an object. */
export type Members = Record<string, unknown>;

/** Where a property of the result comes from: the member of a name, or a value. */
type Source = string | { readonly value: Json };

/** A property of the result: the first source that is there, unless it holds a certain value. */
interface Entry {
  readonly sources: readonly Source[];
  readonly unless: readonly Json[];
}

const unconditional: Entry["unless"] = [];
const absent: Entry = { sources: [], unless: unconditional };

/** The properties that change, by their names in the result. All others stay. */
export class MemberTable {
  readonly #entries = new Map<string, Entry>();

  /** Moves what would be `from` to `to`; says whether it could be put into this table. */
  rename(from: string, to: string): boolean {
    if (from === to) return true;
    const [moved, there] = [this.#entryOf(from), this.#entryOf(to)];
    if (moved.unless.length > 0 || there.unless.length > 0) return false;
    this.#entries.set(to, {
      sources: [...moved.sources, ...there.sources],
      unless: unconditional,
    });
    this.#entries.set(from, absent);
    return true;
  }

  /** Fills in what would be absent; says whether it could be put into this table. */
  fill(name: string, value: Json): boolean {
    const { sources, unless } = this.#entryOf(name);
    if (unless.length > 0) return false;
    this.#entries.set(name, { sources: [...sources, { value }], unless });
    return true;
  }

  /** Sets a property. */
  set(name: string, value: Json): void {
    this.#entries.set(name, { sources: [{ value }], unless: unconditional });
  }

  /** Removes a property; with `when`, only where it would hold that value. */
  drop(name: string, when: Json | undefined): void {
    const { sources, unless } = this.#entryOf(name);
    this.#entries.set(name, when === undefined ? absent : { sources, unless: [...unless, when] });
  }

  /** The result for one object, which is not changed. */
  run(members: Members): Members {
    if (this.#entries.size === 0) return members;
    const result: Members = {};
    for (const name of Object.keys(members)) {
      if (!this.#entries.has(name)) put(result, name, members[name]);
    }
    for (const [name, { sources, unless }] of this.#entries) {
      const value = firstOf(sources, members);
      if (value !== undefined && !unless.some((other) => equalsJson(value, other)))
        put(result, name, value);
    }
    return result;
  }

  #entryOf(name: string): Entry {
    return this.#entries.get(name) ?? { sources: [name], unless: unconditional };
  }
}

/** Sets an own property, so that `__proto__` stays a name like any other. */
export function put(members: Members, name: string, value: unknown): void {
  if (name !== "__proto__") members[name] = value;
  else
    Object.defineProperty(members, name, {
      value,
      configurable: true,
      enumerable: true,
      writable: true,
    });
}

/** An own property; `undefined` where there is none. */
export function memberOf(members: Members, name: string): unknown {
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

function firstOf(sources: readonly Source[], members: Members): unknown {
  for (const source of sources) {
    const value = typeof source === "string" ? memberOf(members, source) : source.value;
    if (value !== undefined) return value;
  }
  return undefined;
}
