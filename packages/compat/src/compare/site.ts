/** Where in one message a pair of schemas lies: the ways that lead to it, from the root inwards. */
import type { Place } from "./place.ts";
import type { Side } from "./difference.ts";
import type { Way } from "./way.ts";

/** A place in a message that knows what lies around it. Most are only passed, so little is worked out before it is asked for. */
export class Site {
  /** The site that this one lies in; undefined at the root. */
  readonly outer: Site | undefined;
  /** The last step of the way. */
  readonly way: Way | undefined;
  readonly depth: number;
  /** Whether no choice, condition or negation lies around it. */
  readonly isPlain: boolean;
  #path: string | undefined;
  #pointer: string | undefined;
  #proven: Map<Side, boolean> | undefined;

  constructor(outer?: Site, way?: Way) {
    this.outer = outer;
    this.way = way;
    this.depth = outer === undefined ? 0 : outer.depth + 1;
    this.isPlain = (outer?.isPlain ?? true) && (way?.around.isPlain ?? true);
  }

  /** As people write it. */
  get path(): string {
    return (this.#path ??= `${this.outer?.path ?? ""}${this.way?.path ?? ""}`);
  }

  /** As an adapter is given it. */
  get pointer(): string {
    return (this.#pointer ??= `${this.outer?.pointer ?? ""}${this.way?.pointer ?? ""}`);
  }

  /** For each sender, whether whatever is valid here is valid in the message around it; as far as anybody asked. */
  get proven(): Map<Side, boolean> {
    return (this.#proven ??= new Map());
  }

  get place(): Place {
    const steps = this.outer?.place ?? [];
    return this.way === undefined ? steps : [...steps, this.way.step];
  }
}
