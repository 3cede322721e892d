/** What the types of one release are called. */
import type { ReleaseDocument, Schema } from "@concordat/core";
import { isCallKind } from "@concordat/core/internal";

import { print, lineWidth } from "./print.ts";
import { Scope, typeName } from "./safe-name.ts";
import { TypeWriter } from "./type-of-schema.ts";

/** One message of a procedure: a type of its own, or one that is written where it is needed. */
export interface Message {
  readonly schema: Schema;
  /** The name of its type; undefined where the type is short or has a name already. */
  readonly name: string | undefined;
}

/** The messages of one procedure. */
export interface ProcedureMessages {
  readonly request: Message;
  readonly response: Message;
  /** Payloads by the name of the error. */
  readonly errors: ReadonlyMap<string, Message>;
}

/** Names that a types module has in any case. */
export const proceduresName = "Procedures";

/** The names of all types of a release: the same for every module that is made from it. */
export class ReleaseNames {
  readonly document: ReleaseDocument;
  /** All names that are taken: modules that import these types name nothing else so. */
  readonly scope: Scope = new Scope([proceduresName]);
  readonly #definitions = new Map<string, string>();
  readonly #procedures = new Map<string, ProcedureMessages>();

  constructor(document: ReleaseDocument) {
    this.document = document;
    for (const name of Object.keys(document.definitions)) {
      this.#definitions.set(name, this.scope.claim(typeName(name)));
    }
    for (const [name, procedure] of Object.entries(document.procedures)) {
      const { kind, request, response, errors = {} } = procedure;
      const base = typeName(name);
      const isCall = isCallKind(kind);
      this.#procedures.set(name, {
        request: this.#message(request, `${base}${isCall ? "Request" : "Message"}`),
        response: this.#message(response, `${base}${isCall ? "Response" : "Message"}`),
        errors: new Map(
          Object.entries(errors).map(([error, schema]) => [
            error,
            this.#message(schema, `${base}${typeName(error)}Error`),
          ]),
        ),
      });
    }
  }

  /**
   * The type of a definition.
   *
   * @throws TypeError when the release has none of that name.
   */
  definition(name: string): string {
    const type = this.#definitions.get(name);
    if (type !== undefined) return type;
    throw new TypeError(
      `A schema refers to the definition ${JSON.stringify(name)}, which is not there.`,
    );
  }

  /** The messages of a procedure of the release. */
  procedure(name: string): ProcedureMessages {
    const messages = this.#procedures.get(name);
    if (messages !== undefined) return messages;
    throw new TypeError(`There is no procedure ${JSON.stringify(name)} in this release.`);
  }

  /** A name for a type of another module that imports these: the one that was wished for, if it is free. */
  unlike(wish: string): string {
    return this.scope.has(wish) ? this.unlike(`${wish}_`) : wish;
  }

  #message(schema: Schema, wish: string): Message {
    return { schema, name: this.#needsName(schema) ? this.scope.claim(wish) : undefined };
  }

  /** Whatever has properties, or is too long to be read in the head of a function. */
  #needsName(schema: Schema): boolean {
    const writer = new TypeWriter(
      { definition: (name) => this.definition(name), global: (name) => name },
      this.document.definitions,
    );
    const text = print(writer.typeOf(schema));
    return /[{\n]/.test(text) || text.length > lineWidth / 2;
  }
}
