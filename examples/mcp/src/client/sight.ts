/** What a client sees in answers, in a few words that are the same in every run. */

interface Content {
  readonly type: string;
  readonly text?: string;
}

interface ToolAnswer {
  readonly content: readonly Content[];
  readonly isError?: boolean;
  readonly structuredContent?: unknown;
}

interface ToolDescription {
  readonly name: string;
  readonly outputSchema?: { readonly [keyword: string]: unknown };
}

/** The kinds of content, and structured content where the release has it. */
export function seenInResult({ content, isError = false, structuredContent }: ToolAnswer): string {
  const parts = content.map(({ type, text }) => (text === undefined ? type : `${type} ${text}`));
  const seen = `${isError ? "error: " : ""}${parts.join(" and ")}`;
  return structuredContent === undefined ? seen : `${seen}; ${JSON.stringify(structuredContent)}`;
}

/** How many tools there are, and what `calculate` says that it returns. */
export function seenInTools({ tools }: { readonly tools: readonly ToolDescription[] }): string {
  const output = tools.find(({ name }) => name === "calculate")?.outputSchema;
  return `${tools.length} tools; calculate returns ${JSON.stringify(output?.["type"]) ?? "content"}`;
}

/** Whether the list names core's package.json. */
export function seenInResources(answer: {
  readonly resources: readonly { readonly uri: string }[];
}): string {
  const isThere = answer.resources.some(({ uri }) => uri === corePackage);
  return isThere ? `lists ${corePackage}` : `does not list ${corePackage}`;
}

/** The name of the package whose package.json was read. */
export function seenInPackage(answer: { readonly contents: readonly object[] }): string {
  const [first = {}] = answer.contents;
  const text = "text" in first ? String(first.text) : "{}";
  const { name } = JSON.parse(text) as { readonly name?: string }; // only looked at by a person
  return `the package.json of ${name ?? "nobody"}`;
}

/** The kinds of content of a prompt's messages. */
export function seenInPrompt(answer: {
  readonly messages: readonly { readonly content: Content }[];
}): string {
  return answer.messages.map(({ content }) => content.type).join(" and ");
}

/** The URI that every client reads. */
export const corePackage = "repo:///packages/core/package.json";
