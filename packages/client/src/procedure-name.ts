/** The names of a contract's procedures as types. */
import type { NotificationSource } from "@concordat/core";

type Leaf = ((...given: never[]) => unknown) | NotificationSource<never>;

/** The names of all procedures of a face, as they travel: `place`, `tools/list`. */
export type ProcedureName<Face> = {
  [Name in keyof Face & string]: Face[Name] extends Leaf
    ? Name
    : `${Name}/${ProcedureName<Face[Name]>}`;
}[keyof Face & string];
