/** What shapes are made with where functions may be made of text; else closures. For servers. */
import { type Combinators, combinators } from "./combinator.ts";
import { compiledArray } from "./compiled-array.ts";
import { compiledObject } from "./compiled-object.ts";
import { mayCompile } from "./function-of-text.ts";

/** The table of those functions that there are, the ones that compile among them where they may. */
export function compiledCombinators(): Combinators {
  return mayCompile()
    ? { ...combinators, array: compiledArray, object: compiledObject }
    : combinators;
}
