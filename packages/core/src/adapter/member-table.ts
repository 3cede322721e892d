/** What becomes of the properties of one object: any number of steps, put together so that it is built once. */
import { isIndexName, setProperty } from "../index-name.ts";
import { equalsJson } from "../schema/equality.ts";
import type { Json } from "../schema/schema.ts";
import { mayCompile } from "../schema/function-of-text.ts";
import type { DeclaredPlace } from "./declared-place.ts";
import { isOf, type Layout, layoutOf, type Origin } from "./layout.ts";

/** Members of an object. */
export type Members = Record<string, unknown>;

/** Where a property of the result comes from: the member of a name, or a value. */
export type Source = string | { readonly value: Json };

/** A property of the result: the first source that is there, unless it holds a certain value. */
interface Entry {
  readonly sources: readonly Source[];
  readonly unless: readonly Json[];
}

/** Objects with ever other properties are built one by one, beyond so many. */
const mostLayouts = 8;

/** More properties than this are no declared message. */
const mostNames = 64;

const unconditional: Entry["unless"] = [];
const absent: Entry = { sources: [], unless: unconditional };

/** The properties that change, by their names in the result. All others stay. */
export class MemberTable {
  readonly #entries = new Map<string, Entry>();
  readonly #layouts: Layout[] = [];
  readonly #place: DeclaredPlace | undefined;
  #compiles: boolean | undefined;
  /** What becomes of an object that has all that is declared; null where nothing is known of those. */
  #whole: Layout | null | undefined;

  /** @param place What the objects can have at all. Default: anything. */
  constructor(place?: DeclaredPlace) {
    this.#place = place;
  }

  /** Where what would be a property comes from. */
  sourcesOf(name: string): readonly Source[] {
    return this.#entryOf(name).sources;
  }

  /** Moves what would be `from` to `to`; says whether it could be put into this table. */
  rename(from: string, to: string): boolean {
    if (from === to) return true;
    const [moved, there] = [this.#entryOf(from), this.#entryOf(to)];
    if (moved.unless.length > 0 || there.unless.length > 0) return false;
    this.#entries.set(to, {
      sources: [...moved.sources, ...there.sources],
      unless: unconditional,
    });
    this.#remove(from);
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
    if (when === undefined || sources.length === 0) this.#remove(name);
    else this.#entries.set(name, { sources, unless: [...unless, when] });
  }

  /** The result for one object, which is not changed. */
  run(members: Members): Members {
    if (this.#entries.size === 0) return members;
    if (this.#whole === undefined) this.#whole = this.#wholeLayout();
    const copy = this.#whole?.copy(members);
    if (copy !== undefined) return copy;
    const names = Object.keys(members);
    return this.#layoutOf(names)?.copy(members) ?? this.#built(members, names);
  }

  #built(members: Members, names: readonly string[]): Members {
    const result: Members = {};
    for (const name of names) if (!this.#entries.has(name)) put(result, name, members[name]);
    for (const [name, { sources, unless }] of this.#entries) {
      const value = firstOf(sources, members);
      if (value !== undefined && !unless.some((other) => equalsJson(value, other)))
        put(result, name, value);
    }
    return result;
  }

  /** What is known of objects with these properties. */
  #layoutOf(names: readonly string[]): Layout | undefined {
    for (const layout of this.#layouts) if (isOf(layout, names)) return layout;
    if (this.#layouts.length === mostLayouts || names.length > mostNames) return undefined;
    const made = this.#newLayout(names);
    if (made !== undefined) this.#layouts.push(made);
    return made;
  }

  /** For objects with all declared properties: those need not be counted, because there are no others. */
  #wholeLayout(): Layout | null {
    const names = this.#place?.names ?? [];
    const isKnown = names.length > 0 && names.length <= mostNames;
    if (!isKnown || names.some((name) => name in Object.prototype)) return null;
    return this.#newLayout(names, true) ?? null;
  }

  #newLayout(names: readonly string[], isNeeded = false): Layout | undefined {
    const entries = [...this.#entries];
    const isConditional = entries.some(([, { unless }]) => unless.length > 0);
    const all = [...names, ...this.#entries.keys()];
    if (isConditional || all.some(isUncommon) || !(this.#compiles ??= mayCompile()))
      return undefined;
    const kept = names
      .filter((name) => !this.#entries.has(name))
      .map((name) => ({ to: name, from: name, isNeeded }));
    const changed = entries.flatMap(([to, { sources }]): readonly Origin[] => {
      const first = sources.find((source) => typeof source !== "string" || names.includes(source));
      if (first === undefined) return [];
      return [typeof first === "string" ? { to, from: first, isNeeded: true } : { to, ...first }];
    });
    return layoutOf(names, [...kept, ...changed]);
  }

  #entryOf(name: string): Entry {
    const known = this.#entries.get(name);
    if (known !== undefined) return known;
    return this.#mayBeThere(name) ? { sources: [name], unless: unconditional } : absent;
  }

  /** What never is there need not be kept away. */
  #remove(name: string): void {
    if (this.#mayBeThere(name)) this.#entries.set(name, absent);
    else this.#entries.delete(name);
  }

  #mayBeThere(name: string): boolean {
    return this.#place?.mayHave(name) ?? true;
  }
}

/** Whether a name in the text of an object would be something else, or take room for others. */
function isUncommon(name: string): boolean {
  return name === "__proto__" || isIndexName(name);
}

/** Sets an own property, so that `__proto__` stays a name like any other. */
export function put(members: Members, name: string, value: unknown): void {
  if (name !== "__proto__") setProperty(members, name, value);
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

/** The first source that is there; `undefined` where none is. */
export function firstOf(sources: readonly Source[], members: Members): unknown {
  for (const source of sources) {
    const value = typeof source === "string" ? memberOf(members, source) : source.value;
    if (value !== undefined) return value;
  }
  return undefined;
}
