/** Errors by their names in the contract, with the types of what they carry. */
import type { Static, TSchema } from "typebox";

import { ConcordatError, type ErrorDetail } from "../error/concordat-error.ts";
import type { ProcedureTree } from "./face.ts";
import type { Procedure } from "./procedure.ts";

declare const errors: unique symbol;

/** A contract whose errors can be told apart. `Errors` is the type of their payloads. */
export interface FailingContract<Errors> {
  readonly name: string;
  /** Never there: it carries the type. */
  readonly [errors]?: Errors;
}

/** An error of a known name. */
export interface NamedError<Name extends string, Value> extends ConcordatError {
  readonly detail: ErrorDetail & { readonly name: Name; readonly value: Value };
}

/** The payloads of the errors of a release, from the `Procedures` that `concordat generate` writes. */
export type ErrorsIn<Procedures> = {
  readonly [
    Name in keyof Procedures as Procedures[Name] extends { readonly errors: object } ? Name : never
  ]: Procedures[Name] extends { readonly errors: infer Errors } ? Errors : never;
};

/** The payloads of the errors of a tree, by the names that procedures travel under. */
export type ErrorsOf<Tree extends ProcedureTree> = Joined<ErrorParts<Tree, "">>;

type ErrorParts<Tree extends ProcedureTree, Prefix extends string> = {
  [Name in keyof Tree & string]: Tree[Name] extends Procedure<
    infer _Kind,
    infer _Request,
    infer _Response,
    infer Errors
  >
    ? { readonly [Path in `${Prefix}${Name}`]: PayloadsOf<Errors> }
    : Tree[Name] extends ProcedureTree
      ? ErrorParts<Tree[Name], `${Prefix}${Name}/`>
      : never;
}[keyof Tree & string];

/** A procedure that names no errors has been given the type of any. */
type PayloadsOf<Errors extends Record<string, TSchema>> = string extends keyof Errors
  ? Readonly<Record<never, never>>
  : { readonly [Name in keyof Errors]: Static<Errors[Name]> };

/** One object of all members of a union. */
type Joined<Union> = (Union extends unknown ? (part: Union) => void : never) extends (
  part: infer All,
) => void
  ? All
  : never;

/**
 * Whether something that was thrown is a named error of the contract: `isError(error, orders, "place", "out_of_stock")`.
 * If so, `error.detail.value` has the payload's type; the client has checked it.
 *
 * @param contract A generated client stub, or the contract's source.
 * @param procedure Its name within the contract, groups joined by `/`. It decides the type; an error does not say whose it is.
 */
export function isError<
  Errors,
  Path extends keyof Errors & string,
  Name extends keyof Errors[Path] & string,
>(
  error: unknown,
  _contract: FailingContract<Errors>,
  _procedure: Path,
  name: Name,
): error is NamedError<Name, Errors[Path][Name]> {
  return error instanceof ConcordatError && error.detail?.name === name;
}
