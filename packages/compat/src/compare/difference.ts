/** A place where two schemas say different things, before anybody knows whom it breaks. */
import type { SchemaNode } from "../normal/node.ts";
import type { RuleId } from "../rule/rules.ts";
import type { AdapterStep } from "@concordat/core";
import { pathOf, type Place } from "./place.ts";

/** Which of the two schemas. */
export type Side = "before" | "after";

/** The other of the two. */
export function otherSide(side: Side): Side {
  return side === "before" ? "after" : "before";
}

/** What a receiver drops without a word. */
export interface Loss {
  /** The sides that lose when they are the sender. */
  readonly sides: readonly Side[];
  /**
   * Where it counts. A client whose request is not heard in full was accepted and disobeyed; a response with
   * more than the client asked for is not worth a warning, unless the client asked for just that under another name.
   */
  readonly counts: "in requests" | "everywhere";
}

/** One difference. */
export interface Difference {
  readonly rule: RuleId;
  /** Where the demands apply. */
  readonly place: Place;
  /** The property of the object at the place that the difference is about, where the path should say so. */
  readonly property?: string;
  /** What fills the rule's title. */
  readonly facts?: { readonly name?: string; readonly before?: string; readonly after?: string };
  /** What each side demands at the place; a receiver that demands nothing there breaks nothing. */
  readonly demand: { readonly before?: SchemaNode; readonly after?: SchemaNode };
  /** The sides whose values at the path are dropped by the other one. */
  readonly lost?: Loss;
  /** Set where the difference cannot be compared, whatever is found. */
  readonly undecided?: string;
  /** What turns a value of one side into one of the other, at the place. */
  readonly draft?: {
    readonly toAfter: readonly AdapterStep[];
    readonly toBefore: readonly AdapterStep[];
  };
}

/** The place that a reader is shown. */
export function shownPath({ place, property }: Difference): string {
  return pathOf(property === undefined ? place : [...place, { into: "property", name: property }]);
}
