/** Where in one message a pair of schemas lies: the ways that lead to it, from the root inwards. */
import type { Place } from "./place.ts";
import type { Side } from "./difference.ts";
import type { Way } from "./way.ts";

/** A place in a message that knows what lies around it. */
export class Site {
  /** The site that this one lies in; undefined at the root. */
  readonly outer: Site | undefined;
  /** The last step of the way. */
  readonly way: Way | undefined;
  readonly depth: number;
  /** As people write it. */
  readonly path: string;
  /** As an adapter is given it. */
  readonly pointer: string;
  /** Whether no choice, condition or negation lies around it. */
  readonly isPlain: boolean;
  /** For each sender, whether whatever is valid here is valid in the message around it; as far as anybody asked. */
  readonly proven: Map<Side, boolean> = new Map();

  constructor(outer?: Site, way?: Way) {
    this.outer = outer;
    this.way = way;
    this.depth = outer === undefined ? 0 : outer.depth + 1;
    this.path = `${outer?.path ?? ""}${way?.path ?? ""}`;
    this.pointer = `${outer?.pointer ?? ""}${way?.pointer ?? ""}`;
    this.isPlain = (outer?.isPlain ?? true) && (way?.around.isPlain ?? true);
  }

  get place(): Place {
    const steps = this.outer?.place ?? [];
    return this.way === undefined ? steps : [...steps, this.way.step];
  }
}
