/** A welcome says what was agreed on; a client survives whatever stands in one. */
import { describe, expect, test } from "vitest";
import { HandshakeFault, jsonMessage } from "../../src/handshake/json-message.ts";
import { type Welcome, welcomeFromJson, welcomeToText } from "../../src/handshake/welcome.ts";
import { announce, limitDefaults } from "../../src/wire/limits.ts";
import { thrownClass } from "../thrown.ts";
import { withEachPlaceReplaced } from "./hostile-json.ts";

const welcome: Welcome = {
  wire: 1,
  encoding: "msgpack",
  contracts: [
    {
      name: "orders",
      release: "2.1.0",
      fingerprint: `sha256:${"a".repeat(64)}`,
      newest: "2.4.0",
      notice: {
        since: "2.0.0",
        sunset: "2027-01-31",
        successor: "orders 3",
        message: "Please update.",
        url: "https://example.com/app",
      },
    },
    { name: "chat", release: undefined, fingerprint: undefined, absent: "client-too-old" },
  ],
  early: "discarded",
  session: { token: "t-1", graceMs: 30_000, received: 3 },
  auth: { expiresInMs: 600_000 },
  server: { name: "shop", build: "abc" },
  capabilities: [],
  limits: announce((name) => limitDefaults[name]),
};

function read(message: unknown): Welcome {
  return welcomeFromJson(jsonMessage(JSON.stringify(message), 1_000_000));
}

const sent = JSON.parse(welcomeToText(welcome, "a1b2")) as Record<string, unknown>; // an object of ours

test("a welcome comes back as it was, with the grease as one more capability", () => {
  expect(read(sent)).toEqual({ ...welcome, capabilities: ["x-a1b2"] });
  expect(sent).toMatchObject({ concordat: "welcome", "x-a1b2": "a1b2" });
});

test("what is not needed may be missing, and early data counts as accepted", () => {
  expect(read({ concordat: "welcome", wire: 1, encoding: "msgpack" })).toEqual({
    wire: 1,
    encoding: "msgpack",
    contracts: [],
    early: "accepted",
    server: {},
    capabilities: [],
    limits: welcome.limits,
  });
});

describe("what a client cannot do without", () => {
  test.each(["wire", "encoding"])("%s", (name) => {
    const { [name]: _left, ...rest } = sent;

    expect(() => read(rest)).toThrow(HandshakeFault);
  });
});

test("a link that is no address of the web is left out of a notice", () => {
  const [orders] = welcome.contracts;
  const notice = { ...orders?.notice, url: "javascript:alert(1)" };

  expect(read({ ...sent, contracts: [{ ...orders, notice }] }).contracts[0]?.notice).toEqual({
    since: "2.0.0",
    sunset: "2027-01-31",
    successor: "orders 3",
    message: "Please update.",
  });
});

test("a session without a token is none, and a count that is no whole number is not resumed by", () => {
  expect(read({ ...sent, session: { graceMs: 1 } }).session).toBeUndefined();
  expect(read({ ...sent, session: { token: "t", graceMs: 1, received: 1.5 } }).session).toEqual({
    token: "t",
    graceMs: 1,
  });
});

test("a token of 200 characters is a session's, and a longer one is none", () => {
  const longest = "t".repeat(200);

  for (const [token, kept] of [
    [longest, longest],
    [`${longest}t`, undefined],
  ])
    expect(read({ ...sent, session: { token, graceMs: 1 } }).session?.token).toBe(kept);
});

test("any member of any type in any place is read, ignored or refused, never anything else", () => {
  const outcomes = new Set<unknown>();
  let tried = 0;
  for (const message of withEachPlaceReplaced(sent)) {
    const json = JSON.stringify(message);
    outcomes.add(thrownClass(() => welcomeFromJson(jsonMessage(json, 1_000_000))));
    tried += 1;
  }

  expect(tried).toBeGreaterThan(500);
  expect(outcomes).toEqual(new Set([undefined, HandshakeFault]));
});
