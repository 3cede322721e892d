/** A hello says what it said, tolerates what is new, and refuses what it cannot do without. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Hello, helloFromMessage, helloToText } from "../../src/handshake/hello.ts";
import { HandshakeFault } from "../../src/handshake/json-message.ts";
import { announce, limitDefaults } from "../../src/wire/limits.ts";
import { offers } from "../negotiation/arbitrary-history.ts";
import { thrownClass } from "../thrown.ts";
import { withEachPlaceReplaced } from "./hostile-json.ts";

const max = limitDefaults.handshakeBytes;
const fingerprint = `sha256:${"a".repeat(64)}`;

const hello: Hello = {
  wire: [1],
  encodings: ["msgpack"],
  client: { name: "shop", version: "4.1" },
  contracts: [
    { name: "orders", offers: [{ release: "2.1.0", fingerprint }], optional: false },
    { name: "chat", offers: [{ fingerprint }], optional: true, uses: ["say", "rooms/list"] },
  ],
  auth: { token: "t" },
  capabilities: ["resume"],
  limits: announce((name) => limitDefaults[name]),
};

function read(message: unknown): Hello {
  return helloFromMessage(JSON.stringify(message), max);
}

const sent = JSON.parse(helloToText(hello, "a1b2")) as Record<string, unknown>; // an object of ours

test("a hello comes back as it was, with the grease as one more capability", () => {
  expect(helloFromMessage(helloToText(hello, "a1b2"), max)).toEqual({
    ...hello,
    capabilities: ["resume", "x-a1b2"],
  });
});

test("any offers come back", () => {
  fc.assert(
    fc.property(offers, fc.boolean(), fc.jsonValue(), (offered, optional, auth) => {
      const asked = { ...hello, auth, contracts: [{ name: "orders", offers: offered, optional }] };

      expect(helloFromMessage(helloToText(asked, "g"), max)).toMatchObject({
        contracts: asked.contracts,
        auth: JSON.parse(JSON.stringify(auth)),
      });
    }),
  );
});

test("a session to go on with comes back", () => {
  const resumed: Hello = { ...hello, resume: { token: "t-1", received: 17 } };

  expect(helloFromMessage(helloToText(resumed, "g"), max).resume).toEqual(resumed.resume);
});

describe("tolerance", () => {
  test("the random word travels as a member and as a capability, and is ignored", () => {
    expect(sent["x-a1b2"]).toBe("a1b2");
    expect(sent["capabilities"]).toEqual(["resume", "x-a1b2"]);
  });

  test("members that nobody knows yet are ignored, on every level", () => {
    const later = { later: { nested: [1] }, ["__proto__"]: { wire: [2] } };
    const [orders, chat] = hello.contracts;
    const message = {
      ...sent,
      ...later,
      client: { ...hello.client, ...later },
      contracts: [
        { ...orders, ...later, offers: [{ ...orders?.offers[0], ...later }] },
        { ...chat, ...later },
      ],
      limits: { ...hello.limits, ...later },
    };

    expect(read(message)).toEqual(read(sent));
  });

  test("what is not needed may be missing", () => {
    expect(read({ concordat: "hello" })).toEqual({
      wire: [],
      encodings: [],
      client: {},
      contracts: [],
      auth: undefined,
      capabilities: [],
      limits: hello.limits,
    });
  });

  test("what is not so is left unsaid: a contract that is needed, a release that there is none of", () => {
    expect(sent["contracts"]).toMatchObject([{}, { optional: true }]);
    expect(JSON.stringify(sent["contracts"])).not.toContain("false");
    expect(read(offering({ fingerprint, release: null })).contracts[0]?.offers).toEqual([
      { fingerprint },
    ]);
  });

  test("what a wire revision or an encoding is, is not for the reader to say", () => {
    expect(read({ ...sent, wire: [99, "2", 1.5, null, 1] }).wire).toEqual([99, 1]);
    expect(read({ ...sent, encodings: ["cbor", 7, "msgpack"] }).encodings).toEqual([
      "cbor",
      "msgpack",
    ]);
  });

  test("a name or version that is too long is left out: it decides nothing", () => {
    expect(read({ ...sent, client: { name: "x".repeat(201), version: "1" } }).client).toEqual({
      version: "1",
    });
  });
});

/** As many as a hello may carry of one thing. */
function many<T>(entry: (at: number) => T): readonly T[] {
  return Array.from({ length: 256 }, (_, at) => entry(at));
}

test("as much as a hello may carry comes back whole", () => {
  const name = "a".repeat(64);
  const offered = many((at) => ({ release: `1.0.${at}`, fingerprint }));
  const uses = many((at) => `procedure-${at}`);
  const rest = many((at) => ({ name: `c${at}`, offers: [], optional: false })).slice(1);
  const full: Hello = {
    ...hello,
    client: { name: "x".repeat(200), version: "y".repeat(200) },
    contracts: [{ name, offers: offered, optional: false, uses }, ...rest],
    resume: { token: "t".repeat(200), received: Number.MAX_SAFE_INTEGER },
  };

  expect(helloFromMessage(helloToText(full, "g"), 100_000)).toEqual({
    ...full,
    capabilities: ["resume", "x-g"],
  });
});

test("a session whose token is too long, or whose count is none, is not gone on with", () => {
  expect(read({ ...sent, resume: { token: "t".repeat(201), received: 1 } }).resume).toBeUndefined();
  expect(read({ ...sent, resume: { token: "t", received: 0.5 } }).resume).toBeUndefined();
});

describe("what cannot be understood is refused in words", () => {
  test.each<readonly [name: string, message: unknown, says: string]>([
    ["no concordat", { wire: [1] }, 'no member "concordat": "hello"'],
    ["a welcome", { ...sent, concordat: "welcome" }, 'no member "concordat": "hello"'],
    ["a contract without a name", contracts([{ offers: [] }]), "no well-formed name"],
    ["a contract in capitals", contracts([{ name: "Orders" }]), "no well-formed name"],
    ["a contract of 65 letters", contracts([{ name: "a".repeat(65) }]), "no well-formed name"],
    ["a contract that is text", contracts(["orders"]), "no well-formed name"],
    [
      "a contract twice",
      contracts([{ name: "orders" }, { name: "chat" }, { name: "orders" }]),
      "a contract is asked for twice",
    ],
    ["an offer that is text", contracts([{ name: "orders", offers: ["1.0.0"] }]), "not an object"],
    [
      "an offer without a fingerprint",
      offering({ release: "1.0.0" }),
      "no well-formed fingerprint",
    ],
    [
      "a fingerprint in capitals",
      offering({ fingerprint: fingerprint.toUpperCase() }),
      "well-formed",
    ],
    ["a short fingerprint", offering({ fingerprint: "sha256:aa" }), "no well-formed fingerprint"],
    [
      "a release of two numbers",
      offering({ fingerprint, release: "1.0" }),
      "not major.minor.patch",
    ],
    ["a release that is a number", offering({ fingerprint, release: 1 }), "not major.minor.patch"],
    [
      "257 contracts",
      contracts(Array.from({ length: 257 }, (_, at) => ({ name: `c${at}` }))),
      "more than 256 contracts",
    ],
    [
      "257 offers",
      contracts([{ name: "orders", offers: Array.from({ length: 257 }, () => ({})) }]),
      "more than 256 releases",
    ],
    [
      "257 procedures",
      contracts([{ name: "orders", uses: Array.from({ length: 257 }, (_, at) => `p${at}`) }]),
      "more than 256 procedures",
    ],
  ])("%s", (_name, message, says) => {
    expect(() => read(message)).toThrow(HandshakeFault);
    expect(() => read(message)).toThrow(says);
  });

  test("a hello of more than 16 KiB, by one byte", () => {
    const rest = JSON.stringify({ ...sent, auth: "" }).length;
    const text = (length: number): string =>
      JSON.stringify({ ...sent, auth: "x".repeat(length - rest) });

    expect(helloFromMessage(text(max), max).auth).toHaveLength(max - rest);
    expect(() => helloFromMessage(text(max + 1), max)).toThrow("is over 16384 bytes");
  });

  test("binary, even where it holds the same", () => {
    const bytes = new TextEncoder().encode(JSON.stringify(sent));

    expect(() => helloFromMessage(bytes, max)).toThrow("is binary");
  });
});

test("any member of any type in any place is read, ignored or refused, never anything else", () => {
  const resumed = JSON.parse(
    helloToText({ ...hello, resume: { token: "t", received: 1 } }, "g"),
  ) as unknown; // ours
  const outcomes = new Set<unknown>();
  let tried = 0;
  for (const message of withEachPlaceReplaced(resumed)) {
    outcomes.add(thrownClass(() => read(message)));
    tried += 1;
  }

  expect(tried).toBeGreaterThan(500);
  expect(outcomes).toEqual(new Set([undefined, HandshakeFault]));
  expect("polluted" in {}).toBe(false);
});

test("any text at all is refused or read", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.json()), (message) => {
      expect([undefined, HandshakeFault]).toContain(
        thrownClass(() => helloFromMessage(message, max)),
      );
    }),
  );
});

function contracts(list: readonly unknown[]): unknown {
  return { ...sent, contracts: list };
}

function offering(offer: unknown): unknown {
  return contracts([{ name: "orders", offers: [offer] }]);
}
