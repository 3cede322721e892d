/** What the golden lists say is refused or tolerated, said to clients. */
import { describe, expect, test } from "vitest";
import type { DialClient } from "./client-driver.ts";
import { documentedClient } from "./documented-client.ts";
import { refused, tolerated } from "./golden-list.ts";
import { LyingServer } from "./lying-server.ts";
import { sessionClient } from "./session-client.ts";

describe.each<readonly [name: string, dial: DialClient]>([
  ["the client written from the documents", documentedClient],
  ["core's session", sessionClient],
])("%s", (_name, dial) => {
  async function welcomed(): Promise<LyingServer> {
    const server = new LyingServer();
    const client = dial(await server.url());
    await server.hello();
    server.welcome({});
    await client.welcomed;
    return server;
  }

  test.each(refused)("closes with 4803 over $name", async ({ bytes, times = 1 }) => {
    const server = await welcomed();
    server.send(Array.from({ length: times }, () => bytes));

    expect(await server.closeCode()).toBe(4803);
    await server.end();
  });

  test.each(tolerated)("takes $name", async ({ bytes, answer = "" }) => {
    const server = await welcomed();
    const answers = answer.match(/93 09 00 \w\w/g) ?? [];
    server.send([bytes]);

    expect(await server.hear(answers.length)).toEqual(answers);
    await server.end();
  });
});
