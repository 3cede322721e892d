/** `types.ts`: the messages of one release, as plain interfaces. */
import type { Schema } from "@concordat/core";
import { isCallKind } from "@concordat/core/internal";

import { type Item, member, objectType } from "./code.ts";
import { generatedBy } from "./opening.ts";
import { quoted, typeKey } from "./literal.ts";
import type { Module, Statement } from "./module.ts";
import { type Message, proceduresName, type ReleaseNames } from "./release-names.ts";
import { docOf, isPlainObjectSchema } from "./type-of-object.ts";
import { TypeReferences } from "./type-references.ts";

/** The types of a release, in a module at the given path. */
export function typesModule(names: ReleaseNames, path: string): Module {
  const { contract, release, definitions, procedures } = names.document;
  const types = new TypeReferences(names);
  const statements = Object.entries(definitions).map(([name, schema]) =>
    typeStatement(names.definition(name), schema, docOf(schema), types),
  );
  const members: Item[] = [];
  for (const [name, { kind }] of Object.entries(procedures)) {
    const { request, response, errors } = names.procedure(name);
    const [asked, answered] = isCallKind(kind) ? ["request", "response"] : ["message", "message"];
    statements.push(
      ...messageStatements(request, `The ${asked} of \`${name}\`.`, types),
      ...messageStatements(response, `The ${answered} of \`${name}\`.`, types),
      ...[...errors].flatMap(([error, message]) =>
        messageStatements(message, `What the error \`${error}\` of \`${name}\` carries.`, types),
      ),
    );
    const payloads = [...errors].map(([error, message]) => ({
      code: member(typeKey(error), types.message(message)),
    }));
    const messages = [
      ...(kind === "unary" ? [] : [{ code: member("kind", quoted(kind)) }]),
      { code: member("request", types.message(request)) },
      { code: member("response", types.message(response)) },
      ...(payloads.length === 0 ? [] : [{ code: member("errors", objectType(payloads)) }]),
    ];
    members.push({ code: member(typeKey(name), objectType(messages)) });
  }
  statements.push({
    // An interface has no index signature, so adapters could not take it.
    type: proceduresName,
    doc: ["The messages of all procedures, by name: what typed adapters are written with."],
    is: objectType(members),
  });
  return { path, doc: generatedBy(`The messages of ${contract} ${release}.`), statements };
}

function messageStatements(
  { name, schema }: Message,
  otherwise: string,
  types: TypeReferences,
): Statement[] {
  if (name === undefined) return [];
  return [typeStatement(name, schema, docOf(schema) ?? [otherwise], types)];
}

function typeStatement(
  name: string,
  schema: Schema,
  doc: readonly string[] | undefined,
  types: TypeReferences,
): Statement {
  const is = types.writer.typeOf(schema);
  const isInterface = isPlainObjectSchema(schema) && typeof is === "object" && "items" in is;
  return isInterface ? { interface: name, doc, body: is } : { type: name, doc, is };
}
