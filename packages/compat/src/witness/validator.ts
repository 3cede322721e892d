/** TypeBox's opinion on values of one document, for whoever wants a second one. */
import type { Definitions, Schema } from "@concordat/core";
import { SchemaDocument, Space } from "../normal/node.ts";
import { reader } from "../normal/reader.ts";
import { wireKinds } from "../normal/value.ts";
import { isValid } from "../typebox.ts";
import { Lowering } from "./lower.ts";

/** Whether a value is valid by a schema of the document. */
export type Validator = (schema: Schema, value: unknown) => boolean;

/** How many references one check may follow. */
const mostReferences = 1_000_000;

/**
 * A validator for schemas that refer to these definitions. It shares no code with the shapes that a client and a
 * server check with: `concordat verify` judges them by it.
 *
 * The same schema object is prepared once. Throws where a value makes a recursive type follow too many references.
 */
export function createValidator(definitions: Definitions): Validator {
  const space = new Space(reader, wireKinds);
  const document = new SchemaDocument(space, { definitions });
  const root = document.at(document.root, "");
  const lowering = new Lowering(space);
  return (schema, value) => {
    if (typeof schema === "boolean") return schema;
    const lowered = lowering.of(document.at(schema, "", root));
    lowering.toll.allow(mostReferences);
    return isValid(lowered, value);
  };
}
