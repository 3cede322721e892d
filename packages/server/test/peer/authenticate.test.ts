/** Who is calling: what the hook is given, what its answers and failures become, and who gets to see them. */
import { ConcordatError } from "@concordat/core";
import { expect, test } from "vitest";

import { type Authenticate, authenticated, type Context } from "../../src/index.ts";
import { later } from "../fixture/caller.ts";
import { hostile, rejecting } from "../fixture/hostile.ts";
import { shopStage, type Stage } from "../fixture/stage.ts";

function guarded(authenticate: Authenticate): Stage {
  return shopStage({}, { authenticate });
}

test("what the hook returns is the principal that handlers see", async () => {
  const seen: Context["peer"][] = [];
  const stage = shopStage(
    {
      greet(_request, { peer }) {
        seen.push(peer);
        return { text: "" };
      },
    },
    { authenticate: async ({ credentials }) => ({ user: credentials }) },
  );
  const transport = stage.pipe({ address: "192.0.2.1" });
  const caller = stage.caller({
    transport,
    hello: { auth: "ada", client: { name: "app", version: "3" } },
  });
  await caller.unary("shop/greet", { name: "" }).done;

  expect(seen).toEqual([
    { name: "app", version: "3", address: "192.0.2.1", principal: { user: "ada" } },
  ]);
});

test("the hook is given the credentials, the client's own words, and the request's origin, address and headers", async () => {
  const asked: unknown[] = [];
  const stage = guarded((request) => asked.push(request));
  const headers = new Map([["cookie", "session=1"]]);
  const transport = stage.pipe({ origin: "https://app.example", address: "192.0.2.1", headers });
  const auth = { token: "t", __proto__: null };
  await stage.caller({ transport, hello: { auth, client: { name: "app" } } }).welcome;

  expect(asked).toEqual([
    {
      credentials: { token: "t" },
      client: { name: "app" },
      origin: "https://app.example",
      address: "192.0.2.1",
      headers,
    },
  ]);
});

test.each<[string, () => unknown, number, string, string]>([
  [
    "unauthenticated",
    () => new ConcordatError("unauthenticated", "The token has expired."),
    4401,
    "unauthenticated",
    "The token has expired.",
  ],
  [
    "permission_denied",
    () => new ConcordatError("permission_denied", "Not this tenant."),
    4403,
    "forbidden",
    "Not this tenant.",
  ],
  [
    "another code",
    () => new ConcordatError("not_found", "table users"),
    4500,
    "internal-error",
    "could not check",
  ],
  [
    "an Error",
    () => new Error("connect ECONNREFUSED 10.0.0.7"),
    4500,
    "internal-error",
    "could not check",
  ],
  ["a text", () => "10.0.0.7", 4500, "internal-error", "could not check"],
  ["null", () => null, 4500, "internal-error", "could not check"],
  [
    "an error that is made of no text",
    () => new ConcordatError("unauthenticated", 5n as unknown as string), // as JavaScript may
    4401,
    "unauthenticated",
    "Refused",
  ],
  ["what throws when it is looked at", () => hostile(), 4500, "internal-error", ""],
])("a hook that throws %s", async (_name, thrown, code, reason, message) => {
  const stage = guarded(() => {
    throw thrown();
  });
  const end = await stage.caller().ended;

  expect(end).toMatchObject({ code, reason });
  expect(end.refusal?.message ?? "").toContain(message);
  expect(JSON.stringify(end)).not.toContain("10.0.0.7");
  expect(stage.log.filter(({ level }) => level !== "info")).toHaveLength(1);
  expect(stage.server.load.connections).toBe(0);
});

test("a hook that takes too long ends with 4508, and its late answer opens nothing", async () => {
  const answer = later<unknown>();
  const stage = guarded(() => answer.promise);
  const caller = stage.caller();
  await stage.clock.advance(5_000);

  expect(await caller.ended).toMatchObject({ code: 4508, reason: "handshake-timeout" });
  answer.settle("ada");
  await stage.clock.advance(0);
  expect(stage.server.load.connections).toBe(0);
  expect(stage.clock.waiting).toBe(0);
});

test("a hook whose client is gone meanwhile keeps no session for it", async () => {
  const answer = later<unknown>();
  const stage = guarded(() => answer.promise);
  const transport = stage.pipe();
  stage.caller({ transport, hello: { capabilities: ["resume"] } });
  await stage.clock.advance(0);
  transport.cut();
  answer.settle("ada");
  await stage.clock.advance(0);

  expect(stage.clock.waiting).toBe(0);
  expect(stage.log).toMatchObject([{ event: "connection-ended", closeCode: 1006 }]);
});

test("calls that came before the hook has answered wait for it, and see its principal", async () => {
  const answer = later<unknown>();
  const stage = shopStage(
    { greet: (_request, { peer }) => ({ text: String(peer.principal) }) },
    { authenticate: () => answer.promise },
  );
  const caller = stage.caller();
  const early = caller.unary("shop/greet", { name: "" });
  await stage.clock.advance(1_000);
  answer.settle("ada");

  expect(await early.done).toEqual({ text: "ada" });
});

test("more early data than may come while the hook thinks ends with 4400", async () => {
  const stage = shopStage({}, { authenticate: () => new Promise(() => undefined) });
  const caller = stage.caller();
  caller.unary("shop/greet", { name: "x".repeat(70_000) });

  expect((await caller.ended).code).toBe(4400);
});

test.each([
  ["fulfilled", () => Promise.resolve("ada")],
  ["rejected", rejecting],
])("a principal that is a promise lets nobody in: %s", async (_name, promised) => {
  const stage = shopStage({}, { authenticate: () => authenticated(promised(), {}) });

  expect((await stage.caller().ended).code).toBe(4500);
  expect(stage.logged("authentication-failed")).toMatchObject([
    { cause: { message: expect.stringContaining("The principal is a promise") } },
  ]);
});
