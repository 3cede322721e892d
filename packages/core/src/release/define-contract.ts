/** A contract written in code. */
import type { MessageReader, MessageWriter } from "../codec/message-codec.ts";
import { interpreted, ReleaseCodecs } from "../codec/release-codecs.ts";
import type { ClientContract, ClientOffer, ClientProcedure } from "../contract/client-contract.ts";
import type { CallersOf, HandlersOf, NotifiersOf, ProcedureTree } from "../contract/face.ts";
import type { ErrorsOf } from "../contract/named-error.ts";
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
  /** The procedures as their author wrote them. */
  readonly tree: Tree;
  /** The plain document that `concordat release` freezes. */
  readonly draft: Draft;
}

/**
 * Defines a contract: a named set of procedures. Groups nest, and join their names with `/`.
 *
 * @param name Lower-case letters, digits and `-`, at most 64, a letter first.
 * @param options.doc One or more sentences for those who use it. Default: none.
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
  const codecs = new ReleaseCodecs(draft.definitions, interpreted);
  const procedures = Object.entries(draft.procedures).map(([path, procedure]) =>
    clientProcedure(path, procedure, codecs),
  );
  return Object.freeze({ name, tree, draft, offers, history, procedures });
}

function clientProcedure(
  name: string,
  { kind, idempotent = false, request, response, errors = {} }: ProcedureDocument,
  codecs: ReleaseCodecs,
): ClientProcedure {
  return {
    name,
    kind,
    idempotent,
    request: lateWriter(() => codecs.writer(request)),
    response: lateReader(() => codecs.reader(response)),
    errors: Object.fromEntries(
      Object.entries(errors).map(([error, schema]) => [
        error,
        lateReader(() => codecs.reader(schema)),
      ]),
    ),
  };
}

/** Made when it is first used: a client calls a few of a contract's procedures, not all. */
function lateWriter(make: () => MessageWriter): MessageWriter {
  let made: MessageWriter | undefined;
  return { write: (to, value, output) => (made ??= make()).write(to, value, output) };
}

function lateReader(make: () => MessageReader): MessageReader {
  let made: MessageReader | undefined;
  return { read: (from, bytes, budget) => (made ??= make()).read(from, bytes, budget) };
}
