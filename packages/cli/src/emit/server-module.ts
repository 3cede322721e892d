/** `server.ts`: a contract as its implementers see it, with all its releases. */
import type { DerivedAdapter, Json, ReleaseDocument } from "@concordat/core";

import { list, member, objectLiteral, sequence } from "./code.ts";
import { jsonLiteral, quoted } from "./literal.ts";
import type { ConstantStatement, Module } from "./module.ts";
import { generatedBy } from "./opening.ts";
import { handlerDoc } from "./procedure-doc.ts";
import { handlerSignature } from "./procedure-signature.ts";
import { procedureTree } from "./procedure-tree.ts";
import type { ReleaseNames } from "./release-names.ts";
import { constantName, Scope, typeName } from "./safe-name.ts";
import { TypeReferences } from "./type-references.ts";

const entry = "@concordat/server/stub/1";

/** The server stub of a history: handlers of its newest release, the documents of all, and what lies between them. */
export function serverModule(
  history: readonly ReleaseDocument[],
  derived: readonly DerivedAdapter[],
  names: ReleaseNames,
): Module {
  const { contract, release } = names.document;
  const types = new TypeReferences(names, "./types");
  const face = names.unlike(`${typeName(contract)}Handlers`);
  const scope = new Scope();
  const constant = scope.claim(constantName(contract, "Contract"));
  const documents = history.map((document): ConstantStatement => ({
    constant: scope.claim(`release${document.release.replaceAll(".", "_")}`),
    doc: undefined,
    is: types.runtime("ReleaseDocument", entry),
    value: jsonLiteral(document as unknown as Json), // read from JSON
    visibility: "internal",
  }));
  const body = procedureTree(names.document, (procedure) => {
    const code = handlerSignature(procedure, types, entry);
    const doc = handlerDoc(procedure);
    return doc === undefined ? { code } : { code, doc };
  });
  return {
    path: "server",
    doc: generatedBy(`The server side of ${contract} ${release}.`),
    statements: [
      { interface: face, doc: [`The handlers of ${contract} ${release}.`], body },
      ...documents,
      {
        constant,
        doc: ["Give this to `implement`, with the handlers."],
        is: sequence(types.runtime("ServerContract", entry), `<${face}>`),
        value: objectLiteral([
          member("name", quoted(contract)),
          member("history", list(documents.map((document) => document.constant))),
          ...(derived.length === 0
            ? []
            : [member("derived", jsonLiteral(derived as unknown as Json))]), // data, as the tool made it
        ]),
        visibility: "exported",
      },
    ],
  };
}
