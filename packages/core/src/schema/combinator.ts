/** All functions that make shapes, by name: what a generated stub calls, and what a schema is interpreted with. */
import { allOf } from "./all-of-shape.ts";
import { anything, nothing } from "./anything-shape.ts";
import { array, tuple } from "./array-shape.ts";
import { boolean } from "./boolean-shape.ts";
import { conditional, not } from "./condition-shape.ts";
import { byKind } from "./kind-shape.ts";
import { literal } from "./literal-shape.ts";
import { integer, number } from "./number-shape.ts";
import { object, record } from "./object-shape.ts";
import { openObject } from "./open-object-shape.ts";
import { optional } from "./property.ts";
import { string } from "./string-shape.ts";
import { exactlyOne, union } from "./union-shape.ts";
import { bigInteger, bytes, timestamp } from "./wire-type-shape.ts";

/** The table. A stub's entry exports exactly these, and `reference`. */
export const combinators = {
  allOf,
  anything,
  array,
  bigInteger,
  boolean,
  byKind,
  bytes,
  conditional,
  exactlyOne,
  integer,
  literal,
  not,
  nothing,
  number,
  object,
  openObject,
  optional,
  record,
  string,
  timestamp,
  tuple,
  union,
};

/** The table, or another one that makes the same shapes in another way. */
export type Combinators = typeof combinators;

/** The name of a function that makes shapes. */
export type CombinatorName = keyof typeof combinators;
