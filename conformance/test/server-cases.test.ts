/** The server's behaviour cases: a raw peer that may lie, against a real server, over every transport. */
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { memoryPlace, socketPlace, workerPlace } from "./place.ts";
import { RawPeer } from "./raw-peer.ts";
import { serverCases, type ServerStep } from "./server-case.ts";

const places = [socketPlace(), memoryPlace(), workerPlace()];
const titled = serverCases.map((each) => [each.case, each.title, each] as const);

afterAll(async () => {
  await Promise.all(places.map((place) => place.end()));
});

describe.each(places.map((place) => [place.name, place] as const))("over %s", (_name, place) => {
  test.each(titled)("%s: %s", { timeout: 60_000 }, async (_case, _title, { limits, steps }) => {
    const peer = new RawPeer(await place.connect(limits ?? {}));
    for (const step of steps) {
      const { actual, expected } = await perform(peer, step);
      expect({ step, actual }).toMatchObject({ step, actual: expected });
    }
    expect(peer.unheard).toEqual([]);
    peer.end();
  });
});

test("every case has a name of its own and is written down where it says", () => {
  expect(new Set(serverCases.map((each) => each.case)).size).toBe(serverCases.length);
  for (const { page } of serverCases) {
    const [name, anchor = ""] = page.split("#");
    const text = readFileSync(new URL(`../../docs/protocol/${name}`, import.meta.url), "utf8");
    const anchors = Array.from(text.matchAll(/^#+ (.*)$/gm), ([, title = ""]) => anchorOf(title));
    expect(["", ...anchors]).toContain(anchor);
  }
});

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
}

/** What a step came to, and what it should have. */
async function perform(
  peer: RawPeer,
  step: ServerStep,
): Promise<{ readonly actual?: unknown; readonly expected?: unknown }> {
  const { "client greets": greets, "client sends": sends, "client hears": hears } = step;
  const { "server answers": answers, "server closes": closes } = step;
  if (greets !== undefined) peer.greet(greets);
  if (step["client says"] !== undefined) peer.say(step["client says"]);
  if (sends !== undefined) peer.send(sends);
  if (hears !== undefined) return { actual: await peer.hear(hears.length), expected: hears };
  if (answers !== undefined) return { actual: await peer.answer(), expected: answers };
  if (closes === undefined) return {};
  const code = await peer.closeCode();
  const right = [closes].flat();
  return { actual: right.includes(code ?? 0) ? "right" : code, expected: "right" };
}
