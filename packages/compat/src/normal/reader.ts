/** Reads schemas of any draft from 4 to 2020-12. */
import type { Reader } from "./node.ts";
import { readFacts, targetOf } from "./read-facts.ts";

/** What a space is made with. */
export const reader: Reader = { factsOf: readFacts, targetOf };
