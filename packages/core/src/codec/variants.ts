/** The alternatives of a union, and how a value tells which of them it is. */
import { type Kind, kindOf } from "../schema/kind.ts";
import { segmentOf } from "../schema/pointer.ts";
import { Mismatch } from "../schema/shape.ts";
import type { Scalar, Telling } from "./node/node.ts";

/** What a stub says about a union. */
export interface VariantRules {
  /** How many alternatives the schema has. */
  readonly count: number;
  /** Whether `null`, which travels as nil, is one of them. Default false. */
  readonly nullable?: boolean;
  /** The other ones, by the kind of value: objects that a property tells apart are looked up by that. */
  readonly kinds: { readonly [Name in Kind]?: number };
  /** The property that tells objects apart, with the values of each alternative. Default: there is none. */
  readonly tag?: string;
  readonly tags?: readonly (readonly [value: Scalar, index: number])[];
}

/** How `null` is told from the indices of alternatives. */
export const isNull = -1;

/** The alternatives of one union. */
export class Variants {
  readonly isNullable: boolean;
  /** How many there are beside `null`. A single one travels without an index. */
  readonly size: number;
  readonly #count: number;
  readonly #byKind: ReadonlyMap<Kind | undefined, number>;
  readonly #tag: string | undefined;
  readonly #byTag: ReadonlyMap<unknown, number>;

  constructor({ count, isNullable, byKind, tag }: Telling) {
    this.isNullable = isNullable;
    this.size = count - (isNullable ? 1 : 0);
    this.#count = count;
    this.#byKind = byKind;
    this.#tag = tag?.property;
    this.#byTag = tag?.byValue ?? new Map();
  }

  /** The index of the alternative that a value belongs to, or {@link isNull}. @throws Mismatch where it is none. */
  indexOf(value: unknown): number {
    if (value === null && this.isNullable) return isNull;
    const kind = kindOf(value);
    const index = kind === undefined ? undefined : this.#byKind.get(kind);
    if (index === undefined) {
      throw new Mismatch("", this.reason);
    }
    if (kind !== "object" || this.#tag === undefined) return index;
    return this.#indexByTag(this.#tag, value as Readonly<Record<string, unknown>>); // of the kind "object"
  }

  /** What is said of a value that is none of them. */
  get reason(): string {
    return `matches none of the ${this.#count} alternatives`;
  }

  #indexByTag(tag: string, value: Readonly<Record<string, unknown>>): number {
    const said = Object.hasOwn(value, tag) ? value[tag] : undefined;
    const index = this.#byTag.get(said);
    if (index !== undefined) return index;
    const reason =
      said === undefined ? "is missing" : `is none of the ${this.#byTag.size} allowed values`;
    throw new Mismatch(`/${segmentOf(tag)}`, reason);
  }
}

/** Makes {@link Variants}: what a stub calls. */
export function variants({
  count,
  nullable = false,
  kinds,
  tag,
  tags = [],
}: VariantRules): Variants {
  // The names of an object with this type.
  const byKind = Object.entries(kinds) as [Kind, number][];
  return new Variants({
    count,
    isNullable: nullable,
    byKind: new Map(byKind),
    tag: tag === undefined ? undefined : { property: tag, byValue: new Map(tags) },
  });
}
