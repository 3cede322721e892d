/** The behaviour cases, run against the client that was written from the documents and against core's own session. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Case, clientCases, type Step } from "./case.ts";
import type { ClientDriver, DialClient, DrivenCall } from "./client-driver.ts";
import { documentedClient } from "./documented-client.ts";
import { LyingServer } from "./lying-server.ts";
import { sessionClient } from "./session-client.ts";

describe.each<readonly [name: string, dial: DialClient]>([
  ["the client written from the documents", documentedClient],
  ["core's session", sessionClient],
])("%s", (_name, dial) => {
  test.each(clientCases)("$case: $title", async ({ steps }) => {
    const server = new LyingServer();
    const run = new Run(server, dial(await server.url()));
    const hello = await server.hello();
    expect(hello).toMatchObject({ concordat: "hello", wire: [1], encodings: ["msgpack"] });
    expect(Object.keys(hello).some((member) => member.startsWith("x-"))).toBe(true);
    for (const step of steps) {
      const { actual, expected } = await run.perform(step);
      expect({ step, actual }).toMatchObject({ step, actual: expected });
    }
    expect(server.unheard).toEqual([]);
    await server.end();
  });
});

test("every case has a name of its own and is written down where it says", () => {
  expect(new Set(clientCases.map((each) => each.case)).size).toBe(clientCases.length);
  for (const { page } of clientCases) expect(headingsOf(page)).toContain(page.split("#")[1] ?? "");
});

/** The anchors of a page, and none. */
function headingsOf(page: Case["page"]): readonly string[] {
  const file = new URL(`../../docs/protocol/${page.split("#")[0]}`, import.meta.url);
  const headings = readFileSync(file, "utf8").matchAll(/^#+ (.*)$/gm);
  return ["", ...Array.from(headings, ([, title = ""]) => anchorOf(title))];
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");
}

/** What a step came to, and what it should have. */
interface Outcome {
  readonly actual?: unknown;
  readonly expected?: unknown;
}

/** One case under way. */
class Run {
  readonly #server: LyingServer;
  readonly #client: ClientDriver;
  readonly #calls = new Map<string, DrivenCall>();

  constructor(server: LyingServer, client: ClientDriver) {
    this.#server = server;
    this.#client = client;
  }

  async perform(step: Step): Promise<Outcome> {
    return (await this.#serverStep(step)) ?? (await this.#clientStep(step)) ?? {};
  }

  async #serverStep(step: Step): Promise<Outcome | undefined> {
    const { "server hears": heard, "server sends": sent, "server says": said } = step;
    if (step.server === "welcome") await this.#welcome(step);
    if (sent !== undefined) this.#server.send(sent);
    if (said !== undefined) this.#server.say(said);
    if (step["server closes"] !== undefined) this.#server.close(...step["server closes"]);
    if (!Array.isArray(heard)) return undefined;
    return { actual: await this.#server.hear(heard.length), expected: heard };
  }

  /** Where the welcome is one to close over, the next step says so. */
  async #welcome(step: Step): Promise<void> {
    this.#server.welcome(step);
    await Promise.race([this.#client.welcomed, this.#server.closeCode()]);
  }

  async #clientStep(step: Step): Promise<Outcome | undefined> {
    const { "client calls": calls, "client cancels": cancels, "client has": has } = step;
    const { "client closes": closes, "client is refused": refused } = step;
    if (calls !== undefined) this.#calls.set(calls.call, this.#client.call(calls));
    if ("client renews" in step) this.#client.renew(step["client renews"]);
    if (cancels !== undefined) this.#calls.get(cancels)?.cancel();
    if (closes !== undefined) return { actual: await this.#server.closeCode(), expected: closes };
    if (refused !== undefined) return { actual: await this.#client.refused, expected: refused };
    if (has === undefined) return undefined;
    const { call, ...expected } = has;
    return { actual: await this.#calls.get(call)?.outcome, expected };
  }
}
