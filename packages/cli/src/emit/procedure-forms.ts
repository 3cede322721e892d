/** The forms of a stub's procedures: that of the newest release, and older ones where they differ. */
import type { ReleaseDocument, Schema } from "@concordat/core";
import { procedureFingerprint } from "@concordat/core/internal";

import { type Assignment, type Code, member, objectLiteral } from "./code.ts";
import { CodecStatements } from "./codec-statements.ts";
import { jsonLiteral, valueKey } from "./literal.ts";
import type { ConstantStatement, Statement } from "./module.ts";
import type { StubOffer } from "./offers.ts";
import { OlderTypes } from "./older-types.ts";
import { ReleaseNames } from "./release-names.ts";
import { constantName, type Scope, typeName } from "./safe-name.ts";
import { ShapeConstants } from "./shape-constants.ts";
import type { TypeReferences } from "./type-references.ts";

/** What messages of one release are written with. */
interface FormSource {
  readonly names: ReleaseNames;
  readonly codecs: CodecStatements;
}

/** Collects what a stub's procedures are written and read with. A message that stayed as it was is there once. */
export class ProcedureForms {
  readonly #types: TypeReferences;
  readonly #entry: string;
  readonly #scope: Scope;
  readonly #newest: FormSource;
  readonly #older = new Map<string, FormSource>();
  /** The codes of messages, by where they stand and what they are. */
  readonly #messages = new Map<string, Code>();
  /** The constants of older forms, by name and fingerprint of the procedure. */
  readonly #forms = new Map<string, ConstantStatement>();

  /**
   * @param entry The module that the runtime comes from.
   * @param scope The names that are taken; the runtime's must be among them.
   */
  constructor(types: TypeReferences, entry: string, scope: Scope) {
    this.#types = types;
    this.#entry = entry;
    this.#scope = scope;
    this.#newest = this.#source(types);
  }

  /** Codecs, before the forms that need them. */
  get statements(): readonly Statement[] {
    const sources = [this.#newest, ...this.#older.values()];
    return [...sources.flatMap(({ codecs }) => codecs.statements), ...this.#forms.values()];
  }

  /** What a procedure of the newest release is, beside its name and kind. All of them come before the offers. */
  newest(name: string): readonly Assignment[] {
    return this.#members(this.#newest, name, typeName(name));
  }

  /** A release as the client offers it. */
  offer({ document, lacks, forms }: StubOffer): Code {
    const { release, fingerprint } = document;
    return objectLiteral([
      member("release", jsonLiteral(release)),
      member("fingerprint", jsonLiteral(fingerprint)),
      ...(Object.keys(lacks).length === 0 ? [] : [member("lacks", jsonLiteral(lacks))]),
      ...(forms.length === 0
        ? []
        : [
            member(
              "forms",
              objectLiteral(
                forms.map((name) => member(valueKey(name), this.#form(document, name))),
              ),
            ),
          ]),
    ]);
  }

  #form(document: ReleaseDocument, name: string): string {
    const key = `${name} ${document.procedures[name]?.fingerprint}`;
    const known = this.#forms.get(key);
    if (known !== undefined) return known.constant;
    const base = typeName(`${name} in ${document.release}`);
    const constant = this.#scope.claim(constantName(base, "Form"));
    const value = objectLiteral(this.#members(this.#olderSource(document), name, base));
    const doc = [`\`${name}\` as ${document.release} has it.`];
    this.#forms.set(key, { constant, doc, is: undefined, value, visibility: "internal" });
    return constant;
  }

  #members(source: FormSource, name: string, base: string): readonly Assignment[] {
    const { names } = source;
    const { idempotent = false } = names.document.procedures[name] ?? {};
    const { request, response, errors } = names.procedure(name);
    const known = this.#newest.names.procedure(name).errors;
    const message = (place: string, schema: Schema, does: "write" | "read", wish: string): Code =>
      this.#message(source, `${name} ${place}`, schema, does, wish);
    const messages = [
      member(
        "request",
        message("request", request.schema, "write", request.name ?? `${base}Request`),
      ),
      member(
        "response",
        message("response", response.schema, "read", response.name ?? `${base}Response`),
      ),
    ];
    const payloads = [...errors]
      .filter(([error]) => known.has(error))
      .map(([error, { schema, name: type }]) => {
        const wish = type ?? `${base}${typeName(error)}Error`;
        return member(valueKey(error), message(`error ${error}`, schema, "read", wish));
      });
    return [
      ...(idempotent ? [member("idempotent", "true")] : []),
      ...messages,
      ...(payloads.length === 0 ? [] : [member("errors", objectLiteral(payloads))]),
    ];
  }

  #message(
    { names, codecs }: FormSource,
    place: string,
    schema: Schema,
    does: "write" | "read",
    wish: string,
  ): Code {
    const alone = { kind: "unary", request: schema, response: true } as const;
    const key = `${place} ${procedureFingerprint(alone, names.document.definitions)}`;
    const code = this.#messages.get(key) ?? codecs.message(schema, does, wish);
    this.#messages.set(key, code);
    return code;
  }

  #olderSource(document: ReleaseDocument): FormSource {
    const known = this.#older.get(document.release);
    if (known !== undefined) return known;
    const source = this.#source(new OlderTypes(new ReleaseNames(document), this.#types));
    this.#older.set(document.release, source);
    return source;
  }

  #source(types: TypeReferences): FormSource {
    const shapes = new ShapeConstants(types, this.#entry, this.#scope);
    const codecs = new CodecStatements(types, this.#entry, this.#scope, shapes);
    return { names: types.names, codecs };
  }
}
