/** What each adapter makes of real messages, held against both releases. */
import { describe, expect, test } from "vitest";

import { from2024November } from "../../src/adapters/from-2024-11-05.ts";
import { from2025March } from "../../src/adapters/from-2025-03-26.ts";
import { from2025June } from "../../src/adapters/from-2025-06-18.ts";
import { from2025November } from "../../src/adapters/from-2025-11-25.ts";
import { contextWith } from "../fixture/context.ts";
import { conformed, newer, older } from "../fixture/conversion.ts";

const text = { type: "text", text: "before" };
const sound = { type: "audio", mimeType: "audio/wav", data: "AAECAw==" };
const link = { type: "resource_link", name: "readme", uri: "repo:///README.md" };

/** What the newest adapter answers itself, and what it asked the newest release for it. */
async function answered(
  procedure: string,
  request: object,
  discovered?: object,
): Promise<{ answer: unknown; asked: unknown }> {
  const written = from2025November.procedures[procedure];
  if (typeof written !== "object" || !("answer" in written))
    throw new Error(`${procedure} is not answered`);
  let asked: unknown;
  const own = conformed("4.0.0", procedure, "request", request);
  const answer = await written.answer(own, contextWith(), async (name, newerRequest) => {
    asked = conformed("5.0.0", name, "request", newerRequest);
    return conformed("5.0.0", name, "response", discovered);
  });
  return { answer: conformed("4.0.0", procedure, "response", answer), asked };
}

describe("2024-11-05", () => {
  test("gets sound as a text that says which kind of it there was", () => {
    expect(() => conformed("1.0.0", "tools/call", "response", { content: [sound] })).toThrow(
      "/content/0",
    );

    expect(older(from2024November, "tools/call", { content: [text, sound] })).toEqual({
      content: [text, { type: "text", text: "audio/wav" }],
    });
    const message = { role: "user", content: sound };
    expect(older(from2024November, "prompts/get", { messages: [message] })).toEqual({
      messages: [{ role: "user", content: { type: "text", text: "audio/wav" } }],
    });
  });

  test("gets no annotations of tools, which it does not know", () => {
    const tool = { name: "tone", inputSchema: { type: "object" } };
    const newerTool = { ...tool, annotations: { readOnlyHint: true } };

    expect(older(from2024November, "tools/list", { tools: [newerTool] })).toEqual({
      tools: [tool],
    });
  });
});

describe("2025-03-26", () => {
  test("gets links as texts", () => {
    expect(() => conformed("2.0.0", "tools/call", "response", { content: [link] })).toThrow(
      "/content/0",
    );

    const titled = { ...link, title: "Read me", annotations: { audience: ["user"] } };
    expect(
      older(from2025March, "tools/call", {
        content: [text, link, titled, sound],
        structuredContent: { kept: "no" },
      }),
    ).toEqual({
      content: [
        text,
        { type: "text", text: "repo:///README.md" },
        { type: "text", text: "repo:///README.md", annotations: { audience: ["user"] } },
        sound,
      ],
    });
    const message = { role: "assistant", content: link };
    expect(older(from2025March, "prompts/get", { messages: [message] })).toEqual({
      messages: [{ role: "assistant", content: { type: "text", text: "repo:///README.md" } }],
    });
  });
});

describe("2025-06-18", () => {
  const greeting = { protocolVersion: "2025-06-18", clientInfo: { name: "test", version: "1" } };

  test("says that it can be asked, in whatever words, and that is all that is passed on", () => {
    const capabilities = { elicitation: { form: null }, sampling: { tools: 5 }, roots: {} };
    expect(() =>
      conformed("4.0.0", "initialize", "request", { ...greeting, capabilities }),
    ).toThrow("/capabilities/elicitation/form is not an object");

    expect(newer(from2025June, "initialize", { ...greeting, capabilities })).toEqual({
      ...greeting,
      capabilities: { elicitation: {}, sampling: {}, roots: {} },
    });
    expect(newer(from2025June, "initialize", { ...greeting, capabilities: {} })).toEqual({
      ...greeting,
      capabilities: {},
    });
  });
});

test.each([
  [from2024November, "2024-11-05"],
  [from2025March, "2025-03-26"],
  [from2025June, "2025-06-18"],
] as const)("initialize answers in the revision of the older side", (adapter, revision) => {
  const answer = {
    protocolVersion: "9999-12-31",
    capabilities: {},
    serverInfo: { name: "test", version: "1" },
  };

  expect(older(adapter, "initialize", answer)).toEqual({ ...answer, protocolVersion: revision });
});

describe("2025-11-25", () => {
  const requests: readonly (readonly [string, object])[] = [
    [
      "completion/complete",
      { ref: { type: "ref/prompt", name: "p" }, argument: { name: "a", value: "" } },
    ],
    ["prompts/get", { name: "p" }],
    ["prompts/list", {}],
    ["resources/list", { cursor: "c" }],
    ["resources/read", { uri: "repo:///README.md" }],
    ["resources/templates/list", {}],
    ["tools/call", { name: "tone", arguments: { frequencyHz: 440 } }],
    ["tools/list", {}],
  ];
  const introduced = {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": {},
  };

  test.each(requests)(
    "%s introduces itself as the newest revision demands",
    (procedure, request) => {
      expect(() => conformed("5.0.0", procedure, "request", request)).toThrow("_meta");

      expect(newer(from2025November, procedure, request)).toEqual({
        ...request,
        _meta: introduced,
      });
    },
  );

  test("the progress token of a request survives, and what else its _meta held does not", () => {
    const request = { _meta: { progressToken: 7, "example.org/other": true } };

    expect(newer(from2025November, "tools/list", request)).toEqual({
      _meta: { ...introduced, progressToken: 7 },
    });
  });

  test("a wish for a task is dropped: every tool is done when its call is", () => {
    const request = { name: "tone", task: { ttl: 5 } };

    expect(newer(from2025November, "tools/call", request)).toEqual({
      name: "tone",
      _meta: introduced,
    });
  });

  test.each([
    [42, { value: 42 }],
    [null, { value: null }],
    [[1], { value: [1] }],
    [{ hex: "00" }, { hex: "00" }],
  ])("structured output %j arrives as %j", (output, expected) => {
    const result = { resultType: "complete", content: [text], structuredContent: output };

    expect(older(from2025November, "tools/call", result)).toEqual({
      content: [text],
      structuredContent: expected,
    });
  });

  test("a failed tool stays failed, and a result without structured output gets none", () => {
    const result = { resultType: "complete", content: [text], isError: true };

    expect(older(from2025November, "tools/call", result)).toEqual({
      content: [text],
      isError: true,
    });
  });

  test("schemas of tools become objects of objects, wrapped as their output is", () => {
    const list = {
      resultType: "complete",
      ttlMs: 5,
      cacheScope: "public",
      nextCursor: "more",
      tools: [
        {
          name: "calculate",
          inputSchema: {
            type: "object",
            properties: { any: true, none: false, some: { type: "string" } },
            required: ["some"],
            additionalProperties: false,
          },
          outputSchema: { type: "number" },
        },
        { name: "digest", inputSchema: { type: "object" }, outputSchema: { type: "object" } },
      ],
    };
    expect(() => conformed("4.0.0", "tools/list", "response", list)).toThrow("/tools/0");

    expect(older(from2025November, "tools/list", list)).toEqual({
      nextCursor: "more",
      tools: [
        {
          name: "calculate",
          inputSchema: {
            type: "object",
            properties: { any: {}, none: { not: {} }, some: { type: "string" } },
            required: ["some"],
          },
          outputSchema: {
            type: "object",
            properties: { value: { type: "number" } },
            required: ["value"],
          },
        },
        { name: "digest", inputSchema: { type: "object" }, outputSchema: { type: "object" } },
      ],
    });
  });

  test("results lose what says how long they may be kept", () => {
    const list = { resultType: "complete", ttlMs: 5, cacheScope: "public", resources: [] };

    expect(older(from2025November, "resources/list", list)).toEqual({ resources: [] });
  });

  const clientInfo = { name: "test", version: "1" };
  const greeting = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo };
  const discovered = {
    resultType: "complete",
    ttlMs: 0,
    cacheScope: "public",
    supportedVersions: ["2026-07-28"],
    capabilities: { completions: {}, resources: { subscribe: true, listChanged: true } },
    instructions: "Read.",
    _meta: { "io.modelcontextprotocol/serverInfo": { name: "server", version: "2" } },
  };

  test("initialize is answered from server/discover, and promises no news of resources", async () => {
    const { answer, asked } = await answered("initialize", greeting, discovered);

    expect(asked).toEqual({
      _meta: { ...introduced, "io.modelcontextprotocol/clientInfo": clientInfo },
    });
    expect(answer).toEqual({
      protocolVersion: "2025-11-25",
      serverInfo: { name: "server", version: "2" },
      capabilities: { completions: {}, resources: {} },
      instructions: "Read.",
    });
  });

  test("a server that does not say its name is called unnamed: the older revision demands a name", async () => {
    const { _meta: _nothing, ...nameless } = discovered;

    const { answer } = await answered("initialize", greeting, nameless);

    expect(answer).toMatchObject({ serverInfo: { name: "unnamed" } });
  });

  test("what is gone and needs nothing is answered", async () => {
    expect((await answered("ping", {})).answer).toEqual({});
    expect((await answered("logging/setLevel", { level: "debug" })).answer).toEqual({});
    expect((await answered("tasks/list", {})).answer).toEqual({ tasks: [] });
  });

  test.each(["tasks/get", "tasks/result", "tasks/cancel"])(
    "%s finds no task",
    async (procedure) => {
      await expect(answered(procedure, { taskId: "7" })).rejects.toMatchObject({
        code: "not_found",
      });
    },
  );

  test("subscriptions fail alone", () => {
    expect(from2025November.procedures["resources/subscribe"]).toBe("unimplemented");
    expect(from2025November.procedures["resources/unsubscribe"]).toBe("unimplemented");
  });
});
