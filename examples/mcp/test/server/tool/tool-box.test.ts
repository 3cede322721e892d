/** What the tools find out. */
import { expect, test } from "vitest";

import { Library } from "../../../src/server/resource/library.ts";
import { toolBox } from "../../../src/server/tool/tool-box.ts";
import type { ToolOutcome } from "../../../src/server/tool/tool.ts";
import { temporaryRepository } from "../../fixture/repository.ts";

async function outcomeOf(name: string, given: unknown): Promise<ToolOutcome> {
  const tool = toolBox(new Library(await temporaryRepository())).get(name);
  if (tool === undefined) throw new Error(`there is no tool ${name}`);
  return tool.call(given);
}

test("arguments that do not match are a result that the model can read, and no failure of the call", async () => {
  const outcome = await outcomeOf("calculate", { expression: 5 });

  expect(outcome.isError).toBe(true);
  expect(outcome.content).toEqual([
    { type: "text", text: "Invalid arguments for calculate: /expression must be string." },
  ]);
});

test("arguments that no schema mentions are refused, too", async () => {
  expect((await outcomeOf("tone", { frequencyHz: 440, loud: true })).isError).toBe(true);
});

test("text_statistics counts what a reader would count", async () => {
  const { structuredContent } = await outcomeOf("text_statistics", {
    text: "Été, été!\n👩‍👩‍👧 the end",
  });

  expect(structuredContent).toEqual({
    characters: 19,
    words: 4,
    lines: 2,
    frequent: ["été", "end", "the"],
  });
});

test("digest agrees with the published test vector of SHA-256", async () => {
  const { structuredContent } = await outcomeOf("digest", { text: "abc" });

  expect(structuredContent).toEqual({
    algorithm: "sha256",
    hex: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  });
});

test("tone makes a WAV file of the length that was asked for", async () => {
  const { content } = await outcomeOf("tone", { frequencyHz: 2_000, durationMs: 1 });

  const [sound] = content;
  if (sound?.type !== "audio") throw new Error("a tone is sound");
  const bytes = Buffer.from(sound.data, "base64");
  expect(bytes.subarray(0, 4).toString("latin1")).toBe("RIFF");
  expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
  // A quarter of a turn a sample: the middle, the top, the middle, the bottom.
  expect([...bytes.subarray(44)]).toEqual([128, 228, 128, 28, 128, 228, 128, 28]);
});

test("find_documents links to the documents that mention a text, whatever its case", async () => {
  const { content, structuredContent } = await outcomeOf("find_documents", { query: "FIRST" });

  const uri = "repo:///docs/guide/first.md";
  expect(content).toEqual([{ type: "resource_link", name: uri, uri }]);
  expect(structuredContent).toEqual([{ uri, mentions: 1 }]);
});

test("remember keeps a note under its name, and refuses the hundred-and-first", async () => {
  const library = new Library(await temporaryRepository());
  const tool = toolBox(library).get("remember");
  for (let number = 0; number < 100; number += 1) {
    await tool?.call({ name: `note-${number}`, text: "kept" });
  }

  const again = await tool?.call({ name: "note-7", text: "changed" });
  const more = await tool?.call({ name: "one-more", text: "too much" });

  expect(again?.isError).toBeUndefined();
  expect((await library.read("note:///note-7"))?.text).toBe("changed");
  expect(more?.isError).toBe(true);
  expect(await library.read("note:///one-more")).toBeUndefined();
});
