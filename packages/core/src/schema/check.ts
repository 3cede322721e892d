/** The shape that all combinators make: a check, and what it can say about itself without a value. */
import { type Check, Visit, MISMATCH } from "./visit.ts";
import type { Kind } from "./kind.ts";
import { lossOf } from "./projection.ts";
import { Mismatch, type Shape } from "./shape.ts";

/** A set of values or kinds; undefined stands for all. */
export type Among<T> = ReadonlySet<T> | undefined;

/** What a shape knows before it sees a value. Asked on first use, when every reference leads somewhere. */
export interface Traits {
  /** The kinds that it may accept. Default: all. */
  readonly kinds?: () => Among<Kind>;
  /** The only values that it may accept. Default: any. */
  readonly values?: () => Among<unknown>;
  /** Properties without which it accepts no object, each with the only values it may have. Default: none. */
  readonly tags?: () => Tags;
  /** What can be seen without the check. Default: nothing. */
  readonly glance?: Glance;
}

/**
 * A condition on the variable of a name, as the text of a program: a value that meets it is kept as it is. Of one that
 * does not, the check has to tell.
 */
export type Glance = (name: string) => string;

/** What tells objects of one shape from those of another. */
export type Tags = ReadonlyMap<string, ReadonlySet<unknown>>;

const noTags: Tags = new Map();

/** A shape with its inside. */
export class CheckedShape<T> implements Shape<T> {
  readonly check: Check;
  readonly #traits: Traits;

  constructor(check: Check, traits: Traits = {}) {
    this.check = check;
    this.#traits = traits;
  }

  get kinds(): Among<Kind> {
    return this.#traits.kinds?.();
  }

  get values(): Among<unknown> {
    return this.#traits.values?.();
  }

  get tags(): Tags {
    return this.#traits.tags?.() ?? noTags;
  }

  get glance(): Glance | undefined {
    return this.#traits.glance;
  }

  conform(value: unknown): T {
    const visit = new Visit();
    const result = this.check(value, visit, false);
    if (result === MISMATCH) throw new Mismatch(visit.path, visit.reason);
    if (visit.fragile) this.#confirm(result);
    return result as T; // the check has looked at all of it
  }

  /** A rule like `not` or `uniqueItems` may have held only because of what is left out. */
  #confirm(result: unknown): void {
    const visit = new Visit();
    const again = this.check(result, visit, false);
    if (again === MISMATCH) throw new Mismatch(visit.path, `${visit.reason} ${onceStripped}`);
    if (lossOf(result, again) > 0)
      throw new Mismatch("", `matches another alternative ${onceStripped}`);
  }
}

const onceStripped = "once undeclared properties are left out";

/** The inside of a shape; one that no combinator made is asked through its public method. */
export function insideOf(shape: Shape): CheckedShape<unknown> {
  if (shape instanceof CheckedShape) return shape;
  return new CheckedShape((value, visit) => {
    try {
      return shape.conform(value);
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      visit.fail(error.reason);
      visit.path = error.path;
      return MISMATCH;
    }
  });
}
