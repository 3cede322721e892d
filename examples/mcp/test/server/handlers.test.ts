/** The handlers, called as the server calls them; what they answer has to match the newest release. */
import { fileURLToPath } from "node:url";
import type { ConcordatError } from "@concordat/server";
import { expect, test } from "vitest";

import type { McpHandlers } from "../../src/generated/mcp/server.ts";
import { mcpHandlers } from "../../src/server/handlers.ts";
import { contextWith } from "../fixture/context.ts";
import { conformed } from "../fixture/conversion.ts";
import { offered, temporaryRepository } from "../fixture/repository.ts";
import { meta } from "../fixture/request-meta.ts";

const prompts = fileURLToPath(new URL("../../prompts", import.meta.url));
const context = contextWith();

async function handlers(): Promise<McpHandlers> {
  return mcpHandlers({ repository: await temporaryRepository(), prompts });
}

function expectConforming(procedure: string, answer: unknown): void {
  // Nothing is refused, and nothing is dropped: the handler says what the release declares.
  expect(conformed("5.0.0", procedure, "response", answer)).toEqual(answer);
}

async function codeOf(failing: () => unknown): Promise<string> {
  try {
    await failing();
  } catch (error) {
    return (error as ConcordatError).code; // the test fails on anything else, too
  }
  return "no error";
}

test("every list and read says what the release declares", async () => {
  const { server, tools, resources, prompts: texts } = await handlers();

  expectConforming("server/discover", await server.discover({ _meta: meta }, context));
  expectConforming("tools/list", await tools.list({ _meta: meta }, context));
  expectConforming("resources/list", await resources.list({ _meta: meta }, context));
  expectConforming(
    "resources/templates/list",
    await resources.templates.list({ _meta: meta }, context),
  );
  expectConforming("prompts/list", await texts.list({ _meta: meta }, context));
  const uri = "repo:///README.md";
  const read = await resources.read({ _meta: meta, uri }, context);
  expectConforming("resources/read", read);
  expect(read.contents).toEqual([{ uri, text: offered.get(uri), mimeType: "text/markdown" }]);
});

test("a tool's result is an answer; a tool that is not there is an error", async () => {
  const { tools } = await handlers();

  const request = { _meta: meta, name: "calculate", arguments: { expression: "6 * 7" } };
  const answer = await tools.call(request, context);

  expectConforming("tools/call", answer);
  expect(answer).toMatchObject({ structuredContent: 42, resultType: "complete" });
  const strange = { _meta: meta, name: "__proto__" };
  expect(await codeOf(() => tools.call(strange, context))).toBe("invalid_argument");
});

test("a resource that is not there is not found", async () => {
  const { resources } = await handlers();

  const request = { _meta: meta, uri: "repo:///docs/../secret.txt" };
  expect(await codeOf(() => resources.read(request, context))).toBe("not_found");
});

test("a prompt is filled, and brings the documents that it names", async () => {
  const { prompts: texts } = await handlers();
  const document = "repo:///docs/guide/first.md";

  const answer = await texts.get(
    { _meta: meta, name: "explain", arguments: { document, reader: "a child" } },
    context,
  );

  expectConforming("prompts/get", answer);
  expect(answer.messages.map(({ content }) => content.type)).toEqual(["text", "resource"]);
  expect(JSON.stringify(answer.messages[0])).toContain(`(${document}) to a child`);
  const unfilled = { _meta: meta, name: "explain", arguments: { document } };
  expect(await codeOf(() => texts.get(unfilled, context))).toBe("invalid_argument");
  expect(await codeOf(() => texts.get({ _meta: meta, name: "none" }, context))).toBe(
    "invalid_argument",
  );
});

test("completion knows what fits into a template, and into an argument that is called like one", async () => {
  const { completion } = await handlers();
  const values = async (
    ref: Parameters<typeof completion.complete>[0]["ref"],
    name: string,
    value: string,
  ): Promise<readonly string[]> => {
    const request = { _meta: meta, ref, argument: { name, value } };
    const answer = await completion.complete(request, context);
    expectConforming("completion/complete", answer);
    return answer.completion.values;
  };

  const template = "repo:///packages/{name}/package.json";
  expect(await values({ type: "ref/resource", uri: template }, "name", "co")).toEqual(["core"]);
  expect(await values({ type: "ref/prompt", name: "explain" }, "document", "first")).toEqual([
    "repo:///docs/guide/first.md",
  ]);
  expect(await values({ type: "ref/prompt", name: "explain" }, "reader", "a")).toEqual([]);
  const strange = { type: "ref/resource", uri: "repo:///{anything}" } as const;
  expect(await codeOf(() => values(strange, "anything", ""))).toBe("invalid_argument");
});

test("a subscription stays open until what it listens to has changed", async () => {
  const { subscriptions, tools } = await handlers();
  const remember = (name: string): unknown =>
    tools.call({ _meta: meta, name: "remember", arguments: { name, text: "!" } }, context);
  let isOver = false;
  const listening = Promise.resolve(
    subscriptions.listen(
      { _meta: meta, notifications: { resourceSubscriptions: ["note:///mine"] } },
      context,
    ),
  ).then((answer) => {
    isOver = true;
    return answer;
  });

  await remember("another");
  const wasOver = isOver;
  await remember("mine");

  expect(wasOver).toBe(false);
  expectConforming("subscriptions/listen", await listening);
});

test("a subscription whose caller has gone is given up", async () => {
  const { subscriptions } = await handlers();
  const caller = new AbortController();
  const reason = new Error("gone");
  const listening = subscriptions.listen(
    { _meta: meta, notifications: { resourcesListChanged: true } },
    contextWith(caller.signal),
  );

  caller.abort(reason);

  await expect(listening).rejects.toBe(reason);
});

test("a request that names another revision than the negotiated one is refused before anything is done", async () => {
  const { resources, tools } = await handlers();
  const other = { ...meta, "io.modelcontextprotocol/protocolVersion": "2025-11-25" };
  const remember = { name: "remember", arguments: { name: "mine", text: "!" } };

  expect(await codeOf(() => tools.call({ _meta: other, ...remember }, context))).toBe(
    "failed_precondition",
  );
  const request = { _meta: meta, uri: "note:///mine" };
  expect(await codeOf(() => resources.read(request, context))).toBe("not_found");
});
