/** The conversation of the protocol's page, held with a real server. */
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { fromHex } from "./hex.ts";
import { type Listening, ordersServer } from "./orders-server.ts";
import { RawClient } from "./raw-client.ts";

/** One message of the page. */
interface Line {
  readonly from: "C" | "S";
  /** JSON, or hexadecimal without its gloss. */
  readonly said: string;
}

let listening: Listening;

beforeAll(async () => {
  listening = await ordersServer();
});

afterAll(() => listening.server.close({ withinMs: 1 }));

const lines = linesOf(
  readFileSync(new URL("../../docs/protocol/conversation.md", import.meta.url), "utf8"),
);

test("every byte of the page is what a real server says", async () => {
  const [hello, early, welcome, ...rest] = lines;
  const client = new RawClient(listening.url, hello?.said ?? "", fromHex(early?.said ?? ""));

  expect(withoutChance(await client.answer)).toEqual(withoutChance(welcome?.said ?? ""));
  const heard: string[] = [];
  for (const { from, said } of rest) {
    if (from === "C") client.send(fromHex(said));
    else heard.push(await client.bytes(fromHex(said).length));
  }
  expect(heard).toEqual(rest.filter(({ from }) => from === "S").map(({ said }) => said));
  client.close();
  expect(await client.closed).toMatchObject({ code: 1000 });
});

test("the page has messages of both sides", () => {
  expect(lines.map(({ from }) => from).join("")).toBe("CCSSCSCSCSCS");
});

function linesOf(page: string): readonly Line[] {
  const blocks = Array.from(
    page.matchAll(/^```conversation\n([^]*?)^```/gm),
    ([, block = ""]) => block,
  );
  const said = blocks
    .join("")
    .split("\n")
    .map((line) => line.replace(/\s+;.*$/, ""));
  const messages = said.join("\n").split(/^(?=[CS] )/m);
  return messages.map((message) => ({
    from: message.startsWith("C") ? "C" : "S",
    said: message
      .slice(2)
      .trim()
      .replaceAll(/\s*\n\s*/g, " "),
  }));
}

/** A handshake message without its random word. */
function withoutChance(text: string): unknown {
  const { capabilities: _capabilities, ...json } = JSON.parse(text) as Record<string, unknown>; // an object of either side
  return Object.fromEntries(Object.entries(json).filter(([name]) => !name.startsWith("x-")));
}
