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

/** What a client of that build speaks: a new one also the older release. */
export function spoken(age: Age): ClientContract<CallersOf<typeof newer>> {
  const known = age === "old" ? history.slice(0, 1) : history;
  const { definitions = {}, procedures = {} } = known.at(-1) ?? {};
  const codecs = new ReleaseCodecs(definitions, interpreted);
  return {
    name: "rollout",
    offers: known.map((document) => offerOf(document, procedures)).toReversed(),
    procedures: Object.entries(procedures).map(
      ([name, { kind, idempotent = false, request, response }]) => ({
        name,
        kind,
        idempotent,
        request: codecs.writer(request),
        response: codecs.reader(response),
      }),
    ),
  };
}

/** As a generated stub has it: a procedure that is another one in an older release is not called there. */
function offerOf(
  { release, fingerprint, procedures }: ReleaseDocument,
  own: ReleaseDocument["procedures"],
): ClientOffer {
  const others = Object.entries(own).filter(
    ([name, procedure]) => procedures[name]?.fingerprint !== procedure.fingerprint,
  );
  return {
    release,
    fingerprint,
    lacks: Object.fromEntries(others.map(([name]) => [name, "1.1.0"])),
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
