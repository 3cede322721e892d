/** The shapes of one release's messages, built when they are first used. */
import type { Definitions, ProcedureDocument, ReleaseDocument } from "@concordat/core";

import { type ReleaseMessage, ReleaseMessages, ServedMessage } from "./served-message.ts";

/** The shapes of one procedure in one release. */
export interface ProcedureShapes {
  readonly document: ProcedureDocument;
  readonly request: ReleaseMessage;
  readonly response: ReleaseMessage;
  readonly errors: ReadonlyMap<string, ReleaseMessage>;
}

/** A procedure with the definitions of its release. */
export interface DescribedProcedure {
  readonly document: ProcedureDocument;
  readonly definitions: Definitions;
}

/** One release with its shapes. */
export class ReleaseShapes {
  readonly document: ReleaseDocument;
  #messages: ReleaseMessages | undefined;
  readonly #built = new Map<string, ProcedureShapes>();

  constructor(document: ReleaseDocument) {
    this.document = document;
  }

  /** The procedure in this release, or `undefined`. */
  procedure(name: string): ProcedureDocument | undefined {
    const { procedures } = this.document;
    return Object.hasOwn(procedures, name) ? procedures[name] : undefined;
  }

  /** The procedure with what its schemas refer to, or `undefined`. */
  described(name: string): DescribedProcedure | undefined {
    const document = this.procedure(name);
    return document && { document, definitions: this.document.definitions };
  }

  /** The shapes of a procedure of this release, or `undefined` where it has none of that name. */
  shapes(name: string): ProcedureShapes | undefined {
    const built = this.#built.get(name);
    if (built !== undefined) return built;
    const document = this.procedure(name);
    if (document === undefined) return undefined;
    const messages = (this.#messages ??= new ReleaseMessages(this.document.definitions));
    const shapes: ProcedureShapes = {
      document,
      request: new ServedMessage(document.request, messages),
      response: new ServedMessage(document.response, messages),
      errors: new Map(
        Object.entries(document.errors ?? {}).map(([error, schema]) => [
          error,
          new ServedMessage(schema, messages),
        ]),
      ),
    };
    this.#built.set(name, shapes);
    return shapes;
  }
}
