/** `client.ts`: a contract as its callers see it. */
import { procedureKinds, type ReleaseDocument } from "@concordat/core";
import { combinators, Mismatch, runtime, type Shape, shapesIn } from "@concordat/core/internal";

import { list, member, objectLiteral, sequence } from "./code.ts";
import { paragraphsOf, untagged } from "./doc-comment.ts";
import { quoted } from "./literal.ts";
import type { Module } from "./module.ts";
import { generatedBy } from "./opening.ts";
import { callerDoc } from "./procedure-doc.ts";
import { callerSignature } from "./procedure-signature.ts";
import { ProcedureForms } from "./procedure-forms.ts";
import { procedureTree } from "./procedure-tree.ts";
import { proceduresName, type ReleaseNames } from "./release-names.ts";
import { constantName, Scope, typeName } from "./safe-name.ts";
import { offersOf, type SpokenForms } from "./offers.ts";
import { TypeReferences } from "./type-references.ts";

const entry = "@concordat/client/stub/1";
/** What makes messages of functions. */
const makers = ["plainReader", "plainWriter", "textReader", "textWriter"];

/** The client stub of the newest release of a history. */
export function clientModule(
  history: readonly ReleaseDocument[],
  spoken: SpokenForms,
  names: ReleaseNames,
): Module {
  const { document } = names;
  const { contract, release } = document;
  const types = new TypeReferences(names, "./types");
  const scope = new Scope([
    ...Object.keys(combinators),
    "reference",
    ...Object.keys(runtime),
    ...makers,
    ...Object.keys(procedureKinds),
  ]);
  const constant = scope.claim(constantName(contract, "Contract"));
  const face = names.unlike(`${typeName(contract)}Client`);
  const forms = new ProcedureForms(types, entry, scope);
  const shapeOf = shapesIn(document.definitions);
  const body = procedureTree(document, (procedure) => {
    const need = accepts(shapeOf(procedure.procedure.request), {}) ? "optional" : "needed";
    const code = callerSignature(procedure, need, types, entry);
    const doc = callerDoc(procedure, names);
    return doc === undefined ? { code } : { code, doc };
  });
  const procedures = Object.entries(document.procedures).map(([name, { kind }]) =>
    objectLiteral([
      member("name", quoted(name)),
      member("kind", quoted(kind)),
      // Every client has this kind; the code of others comes along with the stubs that need it.
      ...(kind === "unary" ? [] : [member("as", { import: kind, from: entry, use: "value" })]),
      ...forms.newest(name),
    ]),
  );
  const offers = offersOf(history, spoken).map((offer) => forms.offer(offer));
  const value = objectLiteral([
    member("name", quoted(contract)),
    member("offers", list(offers)),
    member("procedures", list(procedures)),
  ]);
  const hasErrors = Object.values(document.procedures).some(({ errors }) => errors !== undefined);
  const errorTypes = hasErrors
    ? [", ", types.runtime("ErrorsIn", entry), "<", types.named(proceduresName), ">"]
    : [];
  const doc = paragraphsOf([document.doc && untagged(document.doc)]);
  return {
    path: "client",
    doc: generatedBy(`The client of ${contract} ${release}.`),
    statements: [
      { interface: face, doc: doc ?? [`The procedures of ${contract}.`], body },
      ...forms.statements,
      {
        constant,
        doc: ["Give this to `createClient`."],
        is: sequence(types.runtime("ClientContract", entry), "<", face, ...errorTypes, ">"),
        value,
        visibility: "exported",
      },
    ],
  };
}

function accepts(shape: Shape, value: unknown): boolean {
  try {
    shape.conform(value);
    return true;
  } catch (error) {
    if (error instanceof Mismatch) return false;
    throw error;
  }
}
