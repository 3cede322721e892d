/** One server over real WebSockets, and clients of every release that the library ever had. */
import {
  type ClientOptions,
  createClient,
  type ServerOutdatedError,
  UpgradeRequiredError,
} from "@concordat/client";
import { afterEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";

import { createServer, implement, type Server, type ServerOptions } from "../../src/index.ts";
import { bookNames, type Librarian, libraryService } from "../fixture/librarian.ts";
import { libraryClient } from "../fixture/library-client.ts";
import { libraryHistory } from "../fixture/library-history.ts";

const opened: { readonly close: (options?: { readonly withinMs: number }) => Promise<void> }[] = [];

// Clients first: a server waits for those who do not answer its close.
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each.close({ withinMs: 10 });
});

async function listen(
  librarian: Librarian = {},
  options: Partial<ServerOptions> = {},
): Promise<Server & { readonly url: string }> {
  const server = createServer({
    services: [libraryService(librarian)],
    log: () => undefined,
    ...options,
  });
  opened.push(server);
  const port = await server.listen(0, { host: "127.0.0.1" });
  return Object.assign(server, { url: `ws://127.0.0.1:${port}` });
}

/** The options that every client here has. */
function dialling(url: ClientOptions["url"]): {
  readonly url: ClientOptions["url"];
  readonly WebSocket: typeof WebSocket;
} {
  return { url, WebSocket };
}

describe("a client of", () => {
  test("3.0.0 is served as it is", async () => {
    const { url } = await listen();
    const client = createClient({
      ...dialling(url),
      contracts: { library: libraryClient("3.0.0") },
    });
    opened.push(client);

    expect((await client.library.find({ name: "Emma" })).title).toEqual({
      main: "Book Emma",
      sub: "A Tale",
    });
    expect(client.releases.get("library")).toBe("3.0.0");
  });

  test("2.0.0 is served in its own words by one adapter", async () => {
    const { url } = await listen();
    const client = createClient({
      ...dialling(url),
      contracts: { library: libraryClient("2.0.0") },
    });
    opened.push(client);

    expect(await client.library.find({ name: "Emma" })).toEqual({
      title: "Book Emma: A Tale",
      year: 1999,
      pages: 7,
    });
    expect(await client.library.reserve({ name: "#1" })).toBe(true);
  });

  test("1.0.0 is served in its own words by two adapters, and what is gone fails alone", async () => {
    const { url } = await listen();
    const client = createClient({
      ...dialling(url),
      contracts: { library: libraryClient("1.0.0") },
    });
    opened.push(client);
    const titles: string[] = [];

    expect(await client.library.find({ number: 1 })).toEqual({ title: "Book #1: A Tale" });
    expect(await client.library.stamp({ number: 4 })).toBe("marked #4");
    expect(await client.library.lend({ number: 1 })).toBe(true);
    for await (const { title } of client.library.browse({ shelf: "A" })) titles.push(title);
    expect(titles).toEqual(["A 1", "A 2"]);
    await expect(client.library.burn({})).rejects.toMatchObject({ code: "unimplemented" });
    expect(await client.library.count({})).toBe(42);
  });
});

test.each([
  ["by close", "close"],
  ["by HTTP 426", "upgrade"],
] as const)(
  "a client below the floor is refused %s, and knows all that there is to know",
  async (_name, refuseAt) => {
    const upgradeUrl = "https://example.org/new";
    const { url } = await listen({ floor: "2.0.0", upgradeUrl }, { refuseAt });
    let dials = 0;
    const asked = (): string => {
      dials += 1;
      return url;
    };
    const library = libraryClient("1.1.0", "1.0.0");
    const client = createClient({ ...dialling(asked), contracts: { library } });
    opened.push(client);
    const error: unknown = await client.library.count({}).catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(UpgradeRequiredError);
    expect(error).toMatchObject({
      closeCode: 4426,
      contract: "library",
      release: "1.1.0",
      supported: { floor: "2.0.0", newest: "3.0.0", releases: ["2.0.0", "3.0.0"] },
      mustMove: "client",
      upgradeUrl,
    });
    await expect(client.library.count({})).rejects.toBe(error);
    expect(dials).toBe(1);
  },
);

/** A server of the build before: it has never heard of 3.0.0. */
async function listenBefore(): Promise<Server & { readonly url: string }> {
  const history = libraryHistory.slice(0, 3);
  const service = implement<object>(
    { name: "library", history },
    {
      adapters: [bookNames],
      handlers: {
        find: () => ({ title: "old", year: 1, pages: 1 }),
        browse: () => [],
        count: () => 41,
        mark: () => "",
        reserve: () => false,
      },
    },
  );
  const server = createServer({ services: [service], log: () => undefined });
  opened.push(server);
  const port = await server.listen(0, { host: "127.0.0.1" });
  return Object.assign(server, { url: `ws://127.0.0.1:${port}` });
}

describe("in a rolling deploy", () => {
  test("a client that offers the older release beside its own works with the old server, then with the new", async () => {
    const before = await listenBefore();
    const after = await listen();
    const urls = [before.url];
    const client = createClient({
      ...dialling(() => urls.shift() ?? after.url),
      contracts: { library: libraryClient("3.0.0", "2.0.0") },
      random: () => 0, // dial again at once
    });
    opened.push(client);

    expect(await client.library.count({})).toBe(41);
    expect(client.releases.get("library")).toBe("2.0.0");
    await before.close({ withinMs: 10 });
    expect(await client.library.count({})).toBe(42);
    expect(client.releases.get("library")).toBe("3.0.0");
  });

  test("a client that offers only the new release is told that the server has to move, waits, and is served", async () => {
    const before = await listenBefore();
    const after = await listen();
    const urls = [before.url, before.url];
    const client = createClient({
      ...dialling(() => urls.shift() ?? after.url),
      contracts: { library: libraryClient("3.0.0") },
      random: () => 0,
    });
    opened.push(client);
    const outdated: ServerOutdatedError[] = [];
    client.on("serverOutdated", (error) => outdated.push(error));

    expect(await client.library.count({})).toBe(42);
    expect(outdated[0]).toMatchObject({
      closeCode: 4526,
      mustMove: "server",
      supported: { newest: "2.0.0" },
    });
  });

  test("calls that are open when their server drains are answered by it, later ones by the next", async () => {
    let finish: (() => void) | undefined;
    const first = await listen({
      handlers: {
        count: () => new Promise<number>((resolve) => (finish = () => resolve(1))),
      },
    });
    const second = await listen({ handlers: { count: () => 2 } });
    const urls = [first.url];
    const client = createClient({
      ...dialling(() => urls.shift() ?? second.url),
      contracts: { library: libraryClient("3.0.0") },
      random: () => 0,
    });
    opened.push(client);
    const open = client.library.count({});
    await expect.poll(() => first.load.calls).toBe(1);
    const closed = first.close({ withinMs: 5_000 });
    await expect.poll(() => second.load.connections).toBe(1);

    expect(await client.library.count({})).toBe(2);
    finish?.();
    expect(await open).toBe(1);
    await closed;
  });
});
