/** The table of what a server logs, and what it does log. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { logEvents } from "../../src/log/log-events.ts";

const sources = join(import.meta.dirname, "../../src");

test("the table has every event that is logged, each with its level, and no other", () => {
  const logged = new Map<string, string>();
  for (const file of readdirSync(sources, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const text = readFileSync(join(sources, file), "utf8");
    for (const [, level = "", event = ""] of text.matchAll(/level: "(\w+)",\s*event: "([\w-]+)"/g))
      logged.set(event, level);
  }

  const told = Object.entries(logEvents).map(([event, { level }]) => [event, level] as const);
  expect(new Map(told)).toEqual(logged);
});
