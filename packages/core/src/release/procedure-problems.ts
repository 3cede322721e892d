/** What an author may say of a procedure: types say so too, where a contract is written in TypeScript. */
import type { Procedure } from "../contract/procedure.ts";
import { procedureKinds } from "../contract/procedure-kind.ts";
import { isNames } from "../schema/keyword-value.ts";
import { isJsonObject } from "./plain-json.ts";
import type { Problem } from "./problem.ts";

/** All there is. Scopes that are misspelt would let everybody call. */
const names: { readonly [Name in keyof Required<Procedure>]: true } = {
  kind: true,
  request: true,
  response: true,
  errors: true,
  idempotent: true,
  deprecated: true,
  auth: true,
  limits: true,
  doc: true,
};

/** What is said of a procedure that nothing would look at, or that is none of its values. */
export function* procedureProblems(path: string, procedure: object): Generator<Problem> {
  const said: Readonly<Record<string, unknown>> = { ...procedure };
  for (const name of Object.keys(said)) {
    if (Object.hasOwn(names, name)) continue;
    const message = `nothing looks at "${name}"; there are ${Object.keys(names).join(", ")}`;
    yield { path, message };
  }
  const { kind, auth, idempotent, doc } = said;
  if (typeof kind !== "string" || !Object.hasOwn(procedureKinds, kind)) {
    const message = "is of a kind that there is not; write it with unary(…) or its siblings";
    yield { path, message };
  }
  if (auth !== undefined && !isNames(auth))
    yield { path: `${path}/auth`, message: 'is a list of scopes, such as ["orders:write"]' };
  if (idempotent !== undefined && typeof idempotent !== "boolean")
    yield { path: `${path}/idempotent`, message: "is true or false" };
  if (doc !== undefined && typeof doc !== "string")
    yield { path: `${path}/doc`, message: "is a text" };
  for (const name of ["errors", "deprecated", "limits"] as const)
    if (said[name] !== undefined && !isJsonObject(said[name]))
      yield { path: `${path}/${name}`, message: "is an object" };
}
