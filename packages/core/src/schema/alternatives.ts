/** Which alternatives of a union a value can match at all: by its kind, and by a property that tells them apart. */
import type { CheckedShape } from "./check.ts";
import type { Visit, MISMATCH } from "./visit.ts";
import { isPlainObject, type Kind, kindOf } from "./kind.ts";

type Alternative = CheckedShape<unknown>;

/** A property that is required in each alternative, with values that belong to one alternative only. */
interface Discriminator {
  readonly property: string;
  readonly byValue: ReadonlyMap<unknown, Alternative>;
}

/** The alternatives of one union, sorted on first use: before that, references may lead nowhere. */
export class Alternatives {
  readonly #all: readonly Alternative[];
  readonly #byKind = new Map<Kind, readonly Alternative[]>();
  #discriminator: Discriminator | undefined | "unknown" = "unknown";

  constructor(all: readonly Alternative[]) {
    this.#all = all;
  }

  get count(): number {
    return this.#all.length;
  }

  /** The kinds that one of the alternatives accepts. */
  kinds(): ReadonlySet<Kind> | undefined {
    const kinds = new Set<Kind>();
    for (const alternative of this.#all) {
      const own = alternative.kinds;
      if (own === undefined) return undefined;
      for (const kind of own) kinds.add(kind);
    }
    return kinds;
  }

  /** The only values that one of the alternatives accepts. */
  values(): ReadonlySet<unknown> | undefined {
    const values = new Set<unknown>();
    for (const alternative of this.#all) {
      const own = alternative.values;
      if (own === undefined) return undefined;
      for (const value of own) values.add(value);
    }
    return values;
  }

  /** The alternatives that a value may match, or a mismatch that says why there is none. */
  for(value: unknown, visit: Visit): readonly Alternative[] | typeof MISMATCH {
    const kind = kindOf(value);
    const candidates = kind === undefined ? [] : this.#ofKind(kind);
    if (candidates.length === 0)
      return visit.fail(`matches none of the ${this.count} alternatives`);
    if (!isPlainObject(value) || candidates.length === 1) return candidates;
    if (this.#discriminator === "unknown") this.#discriminator = discriminatorOf(candidates);
    return this.#discriminator === undefined
      ? candidates
      : chosen(this.#discriminator, value, visit);
  }

  #ofKind(kind: Kind): readonly Alternative[] {
    const known = this.#byKind.get(kind);
    if (known !== undefined) return known;
    const candidates = this.#all.filter(({ kinds }) => kinds === undefined || kinds.has(kind));
    this.#byKind.set(kind, candidates);
    return candidates;
  }
}

function chosen(
  { property, byValue }: Discriminator,
  object: Record<string, unknown>,
  visit: Visit,
): readonly Alternative[] | typeof MISMATCH {
  const tag = Object.hasOwn(object, property) ? object[property] : undefined;
  if (tag === undefined) return visit.failAt(property, "is missing");
  const alternative = byValue.get(tag);
  if (alternative !== undefined) return [alternative];
  return visit.failAt(property, `is none of the ${byValue.size} allowed values`);
}

function discriminatorOf(alternatives: readonly Alternative[]): Discriminator | undefined {
  for (const property of alternatives[0]?.tags.keys() ?? []) {
    const byValue = new Map<unknown, Alternative>();
    const isDiscriminator = alternatives.every((alternative) => {
      const values = alternative.tags.get(property);
      if (values === undefined) return false;
      return [...values].every((value) => !byValue.has(value) && byValue.set(value, alternative));
    });
    if (isDiscriminator) return { property, byValue };
  }
  return undefined;
}
