/** The constants that one place of a message may hold. */
import { Mismatch } from "../schema/shape.ts";
import type { Scalar } from "./node/node.ts";

/** So many are found faster one by one. */
const few = 8;

/** Constants with their indices. */
export class Choices {
  readonly values: readonly Scalar[];
  readonly #indices: ReadonlyMap<unknown, number> | undefined;

  constructor(values: readonly Scalar[]) {
    this.values = values;
    this.#indices =
      values.length <= few ? undefined : new Map(values.map((value, index) => [value, index]));
  }

  /** @throws Mismatch where the value is none of them. */
  indexOf(value: unknown): number {
    const index = this.#indices?.get(value) ?? this.values.indexOf(value as Scalar); // or it is not found
    if (index >= 0) return index;
    throw new Mismatch("", this.reason);
  }

  /** What is said of a value that is none of them. */
  get reason(): string {
    const [only] = this.values;
    const isSaid =
      this.values.length === 1 && (typeof only !== "string" || only.length <= longestSaid);
    return isSaid
      ? `is not ${JSON.stringify(only)}`
      : `is none of the ${this.values.length} allowed values`;
  }
}

const longestSaid = 40;

/** Makes {@link Choices}: what a stub calls. */
export function choices(...values: readonly Scalar[]): Choices {
  return new Choices(values);
}
