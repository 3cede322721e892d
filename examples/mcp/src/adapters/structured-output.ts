/**
 * Structured output: any value from 2026-07-28 on, an object before.
 *
 * A value that is none travels to older clients as the member `value` of an object, and the schema that the tool
 * announces is wrapped in the same way, so that the two still fit each other.
 */
import type {
  CallToolResult as OlderResult,
  Tool as OlderTool,
} from "../generated/mcp/releases/4.0.0/types.ts";
import type {
  CallToolResult as NewerResult,
  Tool as NewerTool,
} from "../generated/mcp/releases/5.0.0/types.ts";

type OlderSchema = OlderTool["inputSchema"];
type NewerSchema = NonNullable<NewerTool["outputSchema"]>;

/** A tool's result as an older client reads it. */
export function withObjectOutput({
  content,
  isError,
  structuredContent,
}: NewerResult): OlderResult {
  const output = isObject(structuredContent) ? structuredContent : { value: structuredContent };
  return {
    content,
    ...(isError === undefined ? {} : { isError }),
    ...(structuredContent === undefined ? {} : { structuredContent: output }),
  };
}

/** A tool's description as an older client reads it. */
export function withObjectSchemas({ inputSchema, outputSchema, ...newer }: NewerTool): OlderTool {
  return {
    ...newer,
    inputSchema: objectSchema(inputSchema),
    ...(outputSchema === undefined ? {} : { outputSchema: objectOutputSchema(outputSchema) }),
  };
}

function objectOutputSchema(schema: NewerSchema): OlderSchema {
  if (schema["type"] === "object") return objectSchema(schema);
  return { type: "object", properties: { value: schema }, required: ["value"] };
}

/** The members of an object schema that older revisions have, in the form that they have there. */
function objectSchema({ $schema, properties, required }: NewerSchema): OlderSchema {
  return {
    type: "object",
    ...($schema === undefined ? {} : { $schema }),
    ...(isObject(properties) ? { properties: objectsIn(properties) } : {}),
    ...(Array.isArray(required) ? { required: required.map(String) } : {}),
  };
}

/** `true` and `false` are schemas to the newest revision only; objects say the same to all. */
function objectsIn(properties: Record<string, unknown>): Record<string, Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      if (isObject(schema)) return [name, schema];
      return [name, schema === false ? { not: {} } : {}];
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
