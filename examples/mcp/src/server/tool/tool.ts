/** One tool: what is told about it, and what it does with arguments that match. */
import type { Static, TObject, TSchema } from "typebox";
import { Check, Errors } from "typebox/value";

import type { CallToolResult, Tool } from "../../generated/mcp/types.ts";

/** What a tool found out: content for a model to read, and the same as a value where there is one. */
export type ToolOutcome = Pick<CallToolResult, "content" | "isError" | "structuredContent">;

/** A tool that can be listed and called. */
export interface CallableTool {
  readonly definition: Tool;
  /** Never throws for bad arguments: a model can mend those, and so gets them as a result with `isError`. */
  call(given: unknown): Promise<ToolOutcome>;
}

/** What a tool is made of. */
interface ToolParts<Input extends TObject> {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly input: Input;
  /** The schema of `structuredContent`. Default: there is none. */
  readonly output?: TSchema;
  /** Whether it changes what the server holds. Default: it does not. */
  readonly effect?: "writes";
  readonly run: (input: Static<Input>) => ToolOutcome | Promise<ToolOutcome>;
}

/** The tool has no answer to these arguments. Its message is meant for the model that chose them. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
}

/** Makes a tool whose arguments are checked before it runs. */
export function defineTool<Input extends TObject>(parts: ToolParts<Input>): CallableTool {
  const { name, title, description, input, output, effect, run } = parts;
  return {
    definition: {
      name,
      title,
      description,
      inputSchema: plain(input),
      ...(output === undefined ? {} : { outputSchema: { ...output } }),
      annotations: { readOnlyHint: effect === undefined, openWorldHint: false },
    },
    async call(given) {
      if (!Check(input, given))
        return failed(`Invalid arguments for ${name}: ${faultsOf(input, given)}`);
      try {
        return await run(given);
      } catch (error) {
        if (error instanceof NoAnswer) return failed(error.message);
        throw error; // a defect of the tool, which the caller's model can do nothing about
      }
    },
  };
}

/** One piece of text, as content. */
export function textContent(text: string): ToolOutcome["content"][number] {
  return { type: "text", text };
}

/** The schema as JSON: without what TypeBox keeps beside it for itself. */
function plain(schema: TObject): Tool["inputSchema"] {
  return { ...schema };
}

function failed(text: string): ToolOutcome {
  return { content: [textContent(text)], isError: true };
}

function faultsOf(input: TObject, given: unknown): string {
  const sentences = Errors(input, given).map(
    ({ instancePath, message }) =>
      `${instancePath === "" ? "the arguments" : instancePath} ${message}`,
  );
  return `${sentences.join("; ")}.`;
}
