/** The shapes of one release's messages, built when they are first used. */
import type { Definitions, ProcedureDocument, ReleaseDocument } from "@concordat/core";
import { type Shape, shapeOf } from "@concordat/core/internal";

/** The shapes of one procedure in one release. */
export interface ProcedureShapes {
  readonly document: ProcedureDocument;
  readonly request: Shape;
  readonly response: Shape;
  readonly errors: ReadonlyMap<string, Shape>;
}

/** A procedure with the definitions of its release. */
export interface DescribedProcedure {
  readonly document: ProcedureDocument;
  readonly definitions: Definitions;
}

/** One release with its shapes. */
export class ReleaseShapes {
  readonly document: ReleaseDocument;
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
    const { definitions } = this.document;
    const shapes: ProcedureShapes = {
      document,
      request: shapeOf(document.request, definitions),
      response: shapeOf(document.response, definitions),
      errors: new Map(
        Object.entries(document.errors ?? {}).map(([error, schema]) => [
          error,
          shapeOf(schema, definitions),
        ]),
      ),
    };
    this.#built.set(name, shapes);
    return shapes;
  }
}
