/** A contract written in code. */
import type { ClientContract, ClientOffer, ClientProcedure } from "../contract/client-contract.ts";
import type { CallersOf, HandlersOf, NotifiersOf, ProcedureTree } from "../contract/face.ts";
import type { ErrorsOf } from "../contract/named-error.ts";
import type { Definitions, Schema } from "../schema/schema.ts";
import type { Shape } from "../schema/shape.ts";
import { shapeOf } from "../schema/shape-of-schema.ts";
import type { Draft, ProcedureDocument, ReleaseDocument } from "./document.ts";
import { freeze } from "./freeze.ts";
import { type ServerContract, workingTree } from "./server-contract.ts";

/**
 * A contract in source form.
 *
 * Usable as it is on both sides, without a generation step: it is offered under its fingerprint only, so client
 * and server have to come from the same working tree. Once there is something to be compatible with, release it.
 */
export interface Contract<Tree extends ProcedureTree = ProcedureTree>
  extends
    ClientContract<CallersOf<Tree>, ErrorsOf<Tree>>,
    ServerContract<HandlersOf<Tree>, NotifiersOf<Tree>> {
  readonly tree: Tree;
  /** The plain document that `concordat release` freezes. */
  readonly draft: Draft;
}

/**
 * Defines a contract: a named set of procedures. Groups nest, and join their names with `/`.
 *
 * @param name Lower-case letters, digits and `-`, at most 64.
 * @throws ContractError at once when the contract could not be frozen, with every reason.
 */
export function defineContract<const Tree extends ProcedureTree>(
  name: string,
  tree: Tree,
  options: { readonly doc?: string } = {},
): Contract<Tree> {
  const draft = freeze(name, tree, options.doc);
  const offers: readonly ClientOffer[] = [{ fingerprint: draft.fingerprint }];
  const history: readonly ReleaseDocument[] = [{ ...draft, release: workingTree, previous: null }];
  const procedures = Object.entries(draft.procedures).map(([path, procedure]) =>
    clientProcedure(path, procedure, draft.definitions),
  );
  return Object.freeze({ name, tree, draft, offers, history, procedures });
}

function clientProcedure(
  name: string,
  procedure: ProcedureDocument,
  definitions: Definitions,
): ClientProcedure {
  const { kind, idempotent = false, request, response, errors = {} } = procedure;
  return {
    name,
    kind,
    idempotent,
    request: lazily(request, definitions),
    response: lazily(response, definitions),
    errors: Object.fromEntries(
      Object.entries(errors).map(([error, schema]) => [error, lazily(schema, definitions)]),
    ),
  };
}

/** Builds the shape when it is first used: a client calls a few of a contract's procedures, not all. */
function lazily(schema: Schema, definitions: Definitions): Shape {
  let shape: Shape | undefined;
  return {
    conform(value) {
      shape ??= shapeOf(schema, definitions);
      return shape.conform(value);
    },
  };
}
