/** Pairs of schemas that differ only further inside: a walk that comes upon one again goes straight through it. */
import type { SchemaNode } from "../normal/node.ts";
import type { Surroundings } from "./difference.ts";
import type { Place, Step } from "./place.ts";

/** A pair inside another one, one step further. */
export interface InnerPair {
  readonly before: SchemaNode;
  readonly after: SchemaNode;
  readonly step: Step;
  readonly around: Surroundings;
}

/** The pairs inside one that has no difference of its own. */
export type Passage = readonly InnerPair[];

/** Takes down what a walk does in one pair. */
export class PassageNotes {
  readonly #place: Place;
  readonly #depth: number;
  #inner: InnerPair[] | undefined = [];

  /** `depth`: how many objects and arrays lie around the place. */
  constructor(place: Place, depth: number) {
    this.#place = place;
    this.#depth = depth;
  }

  /** The pair has something of its own to say, so it has to be looked at each time. */
  spoil(): void {
    this.#inner = undefined;
  }

  /** The walk turns to a pair inside. */
  enter(
    before: SchemaNode,
    after: SchemaNode,
    place: Place,
    arounds: readonly Surroundings[],
  ): void {
    const [step, around] = [place.at(-1), arounds.at(-1)];
    const isNext = place.length === this.#place.length + 1 && arounds.length === this.#depth + 1;
    if (isNext && step !== undefined && around !== undefined)
      this.#inner?.push({ before, after, step, around });
    else this.spoil();
  }

  /** What is worth going through: pairs inside that have nothing inside themselves are left out. */
  passage(of: (inner: InnerPair) => Passage | undefined): Passage | undefined {
    return this.#inner?.filter((inner) => of(inner)?.length !== 0);
  }
}
