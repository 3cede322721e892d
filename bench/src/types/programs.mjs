/** The programs whose type-checking is timed: each a few lines that call one procedure of many. */
import { mkdirSync, writeFileSync } from "node:fs";
import { makeProject } from "../grown/stubs.mjs";
import { trpcRouter } from "./trpc-router.mjs";

const folder = new URL("../../generated/types/", import.meta.url);

/**
 * @typedef {object} Program
 * @property {string} name
 * @property {string} title
 * @property {string} file
 * @property {boolean} isFull Whether declarations of packages are checked as well, which nobody needs to do twice.
 */

/** @returns {readonly Program[]} The empty one first, from which the others are counted. */
export function makePrograms() {
  mkdirSync(folder, { recursive: true });
  const file = (name, text) => {
    const url = new URL(name, folder);
    writeFileSync(url, text);
    return url.pathname;
  };
  for (const count of [100, 1_000]) makeProject(`procedures-${count}`);
  file("trpc-router.ts", trpcRouter(1_000));
  const empty = file("empty.ts", "export const nothing = 0;\n");
  const thousand = file("concordat-1000.ts", concordat(1_000));
  const program = (name, title, path, isFull = false) => ({ name, title, file: path, isFull });
  return [
    program("empty", "an empty program", empty),
    program(
      "concordat100",
      "**Concordat**, 100 procedures",
      file("concordat-100.ts", concordat(100)),
    ),
    program("concordat", "**Concordat**, 1,000 procedures", thousand),
    program("trpc", "tRPC, 1,000 procedures", file("trpc.ts", trpc)),
    program("empty-full", "an empty program, without `skipLibCheck`", empty, true),
    program("full", "**Concordat**, 1,000 procedures, without `skipLibCheck`", thousand, true),
  ];
}

function concordat(count) {
  return `import { createClient } from "@concordat/client";
import { procedures${count} as contract } from "../procedures-${count}/stub/client.js";

const client = createClient({ url: "wss://api.example.org", contracts: { all: contract } });
const { total, rows } = await client.all.other7({ id: "1", order: "newest" });
export const titles: string[] = rows.map(({ title }) => title);
export const sum: number = total;
`;
}

const trpc = `import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import type { AppRouter } from "./trpc-router.js";

const client = createTRPCClient<AppRouter>({
  links: [wsLink({ client: createWSClient({ url: "wss://api.example.org" }) })],
});
const { total, rows } = await client.other7.query({ id: "1", order: "newest" });
export const titles: string[] = rows.map(({ title }) => title);
export const sum: number = total;
`;
