/** One step from a pair of schemas to a pair inside, with the object or array that it leads through. */
import type { SchemaNode } from "../normal/node.ts";
import type { Side } from "./difference.ts";
import { pathOf, pointerOf, type Step } from "./place.ts";

/** The schemas of both sides at one place. */
export interface Pair {
  readonly before: SchemaNode;
  readonly after: SchemaNode;
}

/** An object or an array on the way to a place. */
export interface Surroundings extends Pair {
  /** Whether both sides apply without any choice, condition or negation. */
  readonly isPlain: boolean;
  /** Whether, besides, one part can take another's place as soon as it is valid itself. */
  readonly isSeparable: boolean;
}

/** The smallest value with a part to put in. */
export interface Holder {
  readonly value: object;
  /** Whether TypeBox finds it valid. */
  readonly isValid: boolean;
}

/** A step, and what lies around it. The same for all messages that contain the pair. */
export interface Way {
  readonly step: Step;
  readonly around: Surroundings;
  /** The step as people write it. */
  readonly path: string;
  /** The step as an adapter is given it. */
  readonly pointer: string;
  /** Values that the part can be put into, as far as anybody asked; undefined where there is none. */
  readonly holders: Map<Side, Holder | undefined>;
}

export function wayTo(step: Step, around: Surroundings): Way {
  return { step, around, path: pathOf([step]), pointer: pointerOf([step]), holders: new Map() };
}
