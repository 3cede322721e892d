/** The functions that emitted code calls, by the names that are printed: code made at run time is given them as a table. */
import * as runtime from "../stub-runtime.ts";

export { runtime };

/** The name of a function that emitted code may call. */
export type RuntimeName = keyof typeof runtime;
