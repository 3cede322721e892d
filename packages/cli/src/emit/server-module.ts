/** `server.ts`: a contract as its implementers see it, with all its releases. */
import type { DerivedAdapter, Json, ReleaseDocument } from "@concordat/core";

import { type Code, type Item, list, member, objectLiteral, sequence } from "./code.ts";
import { jsonLiteral, quoted } from "./literal.ts";
import type { ConstantStatement, InterfaceStatement, Module } from "./module.ts";
import { generatedBy } from "./opening.ts";
import { handlerDoc } from "./procedure-doc.ts";
import { handlerSignature, notifierSignature } from "./procedure-signature.ts";
import { type NamedProcedure, procedureTree } from "./procedure-tree.ts";
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
  const { handled, told } = parts(names.document);
  const body = procedureTree(handled, (procedure) =>
    documented(procedure, handlerSignature(procedure, types, entry)),
  );
  const notifiers: InterfaceStatement[] =
    told === undefined
      ? []
      : [
          {
            interface: names.unlike(`${typeName(contract)}Notifiers`),
            doc: [`What sends the notifications of ${contract} ${release}.`],
            body: procedureTree(told, (procedure) =>
              documented(procedure, notifierSignature(procedure, types, entry)),
            ),
          },
        ];
  const generics = [face, ...notifiers.map((statement) => statement.interface)].join(", ");
  return {
    path: "server",
    doc: generatedBy(`The server side of ${contract} ${release}.`),
    statements: [
      { interface: face, doc: [`The handlers of ${contract} ${release}.`], body },
      ...notifiers,
      ...documents,
      {
        constant,
        doc: ["Give this to `implement`, with the handlers."],
        is: sequence(types.runtime("ServerContract", entry), `<${generics}>`),
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

/** What handlers implement, and what the server tells by itself, where there is such a thing. */
function parts({ contract, procedures }: ReleaseDocument): {
  readonly handled: Pick<ReleaseDocument, "contract" | "procedures">;
  readonly told: Pick<ReleaseDocument, "contract" | "procedures"> | undefined;
} {
  const all = Object.entries(procedures);
  const handled = all.filter(([, { kind }]) => kind !== "serverNotification");
  const told = all.filter(([, { kind }]) => kind === "serverNotification");
  return {
    handled: { contract, procedures: Object.fromEntries(handled) },
    told: told.length === 0 ? undefined : { contract, procedures: Object.fromEntries(told) },
  };
}

function documented(procedure: NamedProcedure, code: Code): Item {
  const doc = handlerDoc(procedure);
  return doc === undefined ? { code } : { code, doc };
}
