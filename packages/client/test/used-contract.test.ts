/** What a client says and asks about single procedures: which it uses, and which the other side supports. */
import { defineContract, type HandlersOf, unary } from "@concordat/core";
import { type ClientContract, freeze, type ServerContract } from "@concordat/core/internal";
import { createServer, implement, type Server, type Service } from "@concordat/server";
import { FakeClock, type MemoryTransport, memoryWebSocket } from "@concordat/testing";
import { Type } from "typebox";
import { afterEach, describe, expect, test } from "vitest";

import { type Client, createClient, UpgradeRequiredError, uses } from "../src/index.ts";

const text = { request: Type.Object({}), response: Type.String() };
const later = { request: Type.Object({ at: Type.String() }), response: Type.String() };
const first = defineContract("box", { keep: unary(text), tools: { turn: unary(text) } });
const newest = { keep: unary(text), tools: { turn: unary(later), more: unary(text) } };
const second = defineContract("box", newest);
const history = [
  { ...first.draft, release: "1.0.0", previous: null },
  { ...freeze("box", newest), release: "2.0.0", previous: first.draft.fingerprint },
];
const served: ServerContract<HandlersOf<typeof newest>> = { name: "box", history };
const handlers = { keep: () => "kept", tools: { turn: () => "turned", more: () => "more" } };

/** A client stub of 1.0.0. */
const older = {
  ...first,
  offers: [{ release: "1.0.0", fingerprint: first.draft.fingerprint }],
};
/** A client stub of the newest release, that also offers the older one: what a rolling deploy needs. */
const both = {
  ...second,
  offers: [
    { release: "2.0.0", fingerprint: second.draft.fingerprint },
    {
      release: "1.0.0",
      fingerprint: first.draft.fingerprint,
      lacks: { "tools/turn": "2.0.0", "tools/more": "2.0.0" },
    },
  ],
};

const open: { readonly close: () => unknown }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

function floored(belowFloor?: "refuse" | "unbroken"): Service {
  return implement(served, { handlers, floor: "2.0.0", ...(belowFloor && { belowFloor }) });
}

/** A client of one of the stubs, with a server. */
function stage<Box extends ClientContract<unknown>>(
  box: Box,
  ...services: readonly Service[]
): {
  readonly client: Client<{ readonly box: Box }>;
  readonly restart: (service: Service) => Promise<void>;
} {
  const clock = new FakeClock();
  let server: Server = createServer({ clock, services });
  let pipe: MemoryTransport | undefined;
  const set = {
    client: createClient({
      url: "ws://box",
      contracts: { box },
      clock,
      WebSocket: memoryWebSocket((upgrade) => {
        pipe = upgrade.accept();
        server.accept(pipe);
      }),
    }),
    /** Another build takes the place of the server that runs. */
    async restart(service: Service) {
      server = createServer({ clock, services: [service] });
      pipe?.close(1012, "");
      await clock.advance(60_000);
    },
  };
  open.push(set.client);
  return set;
}

describe("a client that says what it uses", () => {
  test("is served below the floor, as long as all of that is answered", async () => {
    const { client } = stage(uses(older, ["keep"]), floored());

    expect(await client.box.keep({})).toBe("kept");
    expect(client.releases.get("box")).toBe("1.0.0");
    await expect(client.box.tools.turn({})).rejects.toMatchObject({ code: "unimplemented" });
  });

  test.each([
    ["uses what broke", uses(older, ["keep", "tools/turn"]), floored()],
    ["says nothing", older, floored()],
    ["uses nothing", uses(older, []), floored()],
    ["meets a server that refuses all below its floor", uses(older, ["keep"]), floored("refuse")],
  ])("is refused where it %s", async (_why, box, service) => {
    const { client } = stage(box, service);

    await expect(client.connect()).rejects.toThrow(UpgradeRequiredError);
  });
});

/** The server of 1.0.0, as it runs until it is replaced. */
function oldService(keep: () => string = handlers.keep): Service {
  const { turn } = handlers.tools;
  const old: ServerContract<HandlersOf<typeof first.tree>> = {
    name: "box",
    history: history.slice(0, 1),
  };
  return implement(old, { handlers: { keep, tools: { turn } } });
}

describe("a new client of an old server, as in a rolling deploy", () => {
  test("has what it sent ahead of the welcome done once, in the older release", async () => {
    let count = 0;
    const service = oldService(() => `kept ${(count += 1)}`);
    const { client } = stage(both, service);

    expect(await client.box.keep({})).toBe("kept 1");
    expect(client.releases.get("box")).toBe("1.0.0");
    expect(count).toBe(1);
  });

  test("negotiates anew with each server that it meets", async () => {
    const { client, restart } = stage(both, oldService());
    await client.connect();
    expect(client.box.supports("tools/more")).toBe(false);
    await restart(implement(served, { handlers, floor: "2.0.0" }));

    expect(client.releases.get("box")).toBe("2.0.0");
    expect(client.box.supports("tools/more")).toBe(true);
    expect(await client.box.tools.more({})).toBe("more");
    await restart(oldService());

    expect(client.releases.get("box")).toBe("1.0.0");
    expect(client.box.supports("tools/more")).toBe(false);
  });
});

describe("supports", () => {
  test("says what was negotiated, not what was hoped for", async () => {
    const { client } = stage(both, oldService());
    expect(client.box.supports("tools/more")).toBe(true);
    await client.connect();

    expect(client.box.supports("keep")).toBe(true);
    expect(client.box.supports("tools/more")).toBe(false);
    await expect(client.box.tools.more({})).rejects.toMatchObject({
      code: "unimplemented",
      rawMessage: "box/tools/more needs a server with box 2.0.0; this connection speaks 1.0.0.",
    });
  });

  test("knows no procedure that the contract does not have, whatever objects are called", async () => {
    const { client } = stage(both, implement(served, { handlers, floor: "2.0.0" }));
    await client.connect();
    const ask = client.box.supports as (name: string) => boolean; // as JavaScript may call it

    for (const name of ["toString", "__proto__", "tools", "supports", ""])
      expect(ask(name)).toBe(false);
  });

  test("makes way for a procedure of that name", async () => {
    const own = defineContract("own", { supports: unary(text) });
    const service = implement(own, { handlers: { supports: () => "mine" } });
    const server = createServer({ services: [service] });
    const WebSocket = memoryWebSocket((upgrade) => server.accept(upgrade.accept()));
    const client = createClient({ url: "ws://own", contracts: { own }, WebSocket });
    open.push(client);

    expect(await client.own.supports({})).toBe("mine");
  });
});
