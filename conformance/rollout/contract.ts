/** Two releases of a contract, and what clients and servers of either build have of it. */
import {
  type CallersOf,
  type HandlersOf,
  type ProcedureTree,
  type ReleaseDocument,
  serverStream,
  unary,
} from "@concordat/core";
import {
  type ClientContract,
  type ClientOffer,
  freeze,
  interpreted,
  type ProcedureForm,
  ReleaseCodecs,
  type ServerContract,
} from "@concordat/core/internal";
import { Type } from "typebox";

/** Which build a process is of. */
export type Age = "old" | "new";

const older = {
  /** Not idempotent: made twice it is done twice, so nobody makes it again. */
  place: unary({
    request: Type.Object({ key: Type.Integer(), ms: Type.Integer() }),
    response: Type.Object({ key: Type.Integer() }),
  }),
  count: unary({
    idempotent: true,
    request: Type.Object({ key: Type.Integer(), ms: Type.Integer() }),
    response: Type.Object({ key: Type.Integer() }),
  }),
  look: unary({
    idempotent: true,
    request: Type.Object({ key: Type.Integer(), ms: Type.Integer() }),
    response: Type.Object({ key: Type.Integer() }),
  }),
  /** Not idempotent either: a stream that broke off does not begin again by itself. */
  watch: serverStream({
    request: Type.Object({ count: Type.Integer(), ms: Type.Integer() }),
    response: Type.Object({ at: Type.Integer() }),
  }),
};

/** What is looked at has a note, which is kept from older clients. Nothing has to be written. */
const newer = {
  ...older,
  look: unary({
    idempotent: true,
    request: Type.Object({ key: Type.Integer(), ms: Type.Integer() }),
    response: Type.Object({ key: Type.Integer(), note: Type.Optional(Type.String()) }),
  }),
};

/** The handlers of either build. */
export type RolloutHandlers = HandlersOf<typeof newer>;

const history = frozen([
  ["1.0.0", older],
  ["1.1.0", newer],
]);

/** What a server of that build serves: an old one has never heard of the newer release. */
export function served(age: Age): ServerContract<RolloutHandlers> {
  return { name: "rollout", history: age === "old" ? history.slice(0, 1) : history };
}

/** What a client of that build speaks: a new one also the older release, and there the older `look`. */
export function spoken(age: Age): ClientContract<CallersOf<typeof newer>> {
  const known = age === "old" ? history.slice(0, 1) : history;
  const newest = known.at(-1);
  const procedures = Object.entries(newest?.procedures ?? {});
  const form = formsOf(newest);
  return {
    name: "rollout",
    offers: known.map((document) => offerOf(document, newest)).toReversed(),
    procedures: procedures.map(([name, { kind }]) => ({ name, kind, ...form(name) })),
  };
}

/** As a generated stub has it: a procedure that is another one in an older release is called in the form that it has there. */
function offerOf(document: ReleaseDocument, newest: ReleaseDocument | undefined): ClientOffer {
  const { release, fingerprint, procedures } = document;
  const form = formsOf(document);
  const others = Object.entries(procedures).filter(
    ([name, procedure]) => newest?.procedures[name]?.fingerprint !== procedure.fingerprint,
  );
  return {
    release,
    fingerprint,
    forms: Object.fromEntries(others.map(([name]) => [name, form(name)])),
  };
}

/** What the procedures of a release are written and read with. */
function formsOf(document: ReleaseDocument | undefined): (name: string) => ProcedureForm {
  const { definitions = {}, procedures = {} } = document ?? {};
  const codecs = new ReleaseCodecs(definitions, interpreted);
  return (name) => {
    const procedure = procedures[name];
    if (procedure === undefined) throw new Error(`There is no ${name}.`);
    const { idempotent = false, request, response } = procedure;
    return { idempotent, request: codecs.writer(request), response: codecs.reader(response) };
  };
}

function frozen(
  sources: readonly (readonly [string, ProcedureTree])[],
): readonly ReleaseDocument[] {
  let previous: string | null = null;
  return sources.map(([release, tree]) => {
    const document = { ...freeze("rollout", tree), release, previous };
    previous = document.fingerprint;
    return document;
  });
}
