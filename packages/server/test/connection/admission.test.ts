/** What a hello gets: every row of the negotiation table and of the table of bad input, at the server's door. */
import { closeCode, type CloseName } from "@concordat/core";
import { type Hello, helloToText, maxReasonBytes } from "@concordat/core/internal";
import { describe, expect, test } from "vitest";

import { plainHello } from "../fixture/caller.ts";
import { libraryStage } from "../fixture/librarian.ts";
import { libraryHistory, libraryTree, offersOf } from "../fixture/library-history.ts";
import { type Answer, answerTo, type Stage } from "../fixture/stage.ts";

const otherFingerprint = `sha256:${"0".repeat(64)}`;
const served = { floor: "1.1.0", newest: "3.0.0", releases: ["1.1.0", "2.0.0", "3.0.0"] };

/** A hello that offers releases of the library, with some of its members replaced. */
function helloOf(offers: Hello["contracts"][number]["offers"], lies: Partial<Hello> = {}): string {
  return helloToText(
    { ...plainHello([{ name: "library", offers, optional: false }]), ...lies },
    "x",
  );
}

function stage(): Stage {
  return libraryStage({ floor: "1.1.0", upgradeUrl: "https://example.org/new" });
}

/** A `reject` and a close that say the same, the close within what RFC 6455 leaves room for. */
function expectRefusal({ texts, code, reason }: Answer, name: CloseName): Record<string, unknown> {
  const [reject] = texts;
  expect(texts).toHaveLength(1);
  expect(reject).toMatchObject({ concordat: "reject", code, name });
  expect(code).toBe(closeCode[name]);
  expect(reason.split(" ")[0]).toBe(name);
  expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(maxReasonBytes);
  expect(String(reject?.["message"]).length).toBeGreaterThan(20);
  return reject ?? {};
}

describe("offers that cannot be served", () => {
  const newer = { release: "4.0.0", fingerprint: otherFingerprint };

  test("all below the floor: the client has to move, and is told from what, to what, and where", async () => {
    const answer = await stage().say(helloOf(offersOf(libraryHistory, "1.0.0")));

    expect(expectRefusal(answer, "client-too-old")).toMatchObject({
      contract: "library",
      offered: ["1.0.0"],
      supported: served,
      mustMove: "client",
      upgradeUrl: "https://example.org/new",
      message:
        "This client speaks 1.0.0 of library; the server serves 1.1.0 to 3.0.0. The client has to be updated.",
    });
    expect(answer.reason).toBe("client-too-old contract=library have=1.0.0 min=1.1.0 max=3.0.0");
  });

  test("all newer: the server has to move, and no address for a newer client is given", async () => {
    const answer = await stage().say(helloOf([newer]));
    const reject = expectRefusal(answer, "server-behind");

    expect(reject).toMatchObject({ offered: ["4.0.0"], supported: served, mustMove: "server" });
    expect(reject).not.toHaveProperty("upgradeUrl");
    expect(answer.reason).toBe("server-behind contract=library have=4.0.0 min=1.1.0 max=3.0.0");
  });

  test("a release with another fingerprint: a conflict that names both", async () => {
    const answer = await stage().say(
      helloOf([{ release: "2.0.0", fingerprint: otherFingerprint }]),
    );
    const { message } = expectRefusal(answer, "release-conflict");

    expect(message).toContain(otherFingerprint);
    expect(message).toContain(offersOf(libraryHistory, "2.0.0")[0]?.fingerprint);
  });

  test("nothing at all: the client has to move", async () => {
    expect(expectRefusal(await stage().say(helloOf([])), "client-too-old")).toMatchObject({
      supported: served,
      mustMove: "client",
    });
    expectRefusal(await stage().say(helloOf([], { contracts: [] })), "client-too-old");
  });

  test("of a contract that is not served", async () => {
    const contracts = [{ name: "museum", offers: [newer], optional: false }];
    const answer = await stage().say(helloOf([], { contracts }));

    expect(expectRefusal(answer, "unknown-contract")).toMatchObject({ contract: "museum" });
    expect(answer.reason).toBe("unknown-contract contract=museum have=4.0.0");
  });

  test("of a working tree that is another one: the sentence says what a developer does", async () => {
    const tree = libraryStage();
    const message = expectRefusal(
      await tree.say(helloOf([{ fingerprint: otherFingerprint }])),
      "release-conflict",
    )["message"];

    expect(message).toBe(
      "Your client was built from another working tree of library: restart it, or release the contract.",
    );
  });
});

describe("a hello with which nothing can be begun", () => {
  test.each([
    [[2, 3], "server"],
    [[0], "client"],
    [[], "client"],
  ])(
    "wire revisions %j: the %s has to move, in the reject and in the reason",
    async (wire, mover) => {
      const answer = await stage().say(helloOf(offersOf(libraryHistory, "3.0.0"), { wire }));

      expect(expectRefusal(answer, "wire-unsupported")).toMatchObject({ mustMove: mover });
      expect(answer.reason).toBe(`wire-unsupported move=${mover}`);
    },
  );

  test("no common encoding", async () => {
    const encodings = ["positional.9"];
    const answer = await stage().say(helloOf(offersOf(libraryHistory, "3.0.0"), { encodings }));

    expect(expectRefusal(answer, "encoding-unsupported")).toMatchObject({ code: 4406 });
  });

  test.each<[string, string | Uint8Array, string]>([
    ["binary", Uint8Array.of(0x80), "binary"],
    ["no JSON", "{", "not a JSON object"],
    ["no object", "[]", "not a JSON object"],
    ["without a member concordat", "{}", '"concordat"'],
    ["another message", '{"concordat":"welcome"}', '"concordat"'],
    ["over 16 KiB", `{"concordat":"hello","x":"${"x".repeat(16_384)}"}`, "16384"],
    ["over 16 KiB in characters of three bytes", `{"x":"${"€".repeat(5_462)}"}`, "16384"],
    ["with a contract without a name", '{"concordat":"hello","contracts":[{}]}', "name"],
    [
      "with a contract called __proto__",
      '{"concordat":"hello","contracts":[{"name":"__proto__"}]}',
      "name",
    ],
    [
      "with an offer that is no object",
      '{"concordat":"hello","contracts":[{"name":"a","offers":[1]}]}',
      "offer",
    ],
    [
      "with a release that is none",
      `{"concordat":"hello","contracts":[{"name":"a","offers":[{"release":"2.x","fingerprint":"${otherFingerprint}"}]}]}`,
      "release",
    ],
    [
      "with a fingerprint that is none",
      '{"concordat":"hello","contracts":[{"name":"a","offers":[{"release":"2.0.0","fingerprint":"x"}]}]}',
      "fingerprint",
    ],
    [
      "with 257 contracts",
      JSON.stringify({
        concordat: "hello",
        contracts: Array.from({ length: 257 }, (_, n) => ({ name: `c${n}` })),
      }),
      "256",
    ],
    [
      "with a contract twice",
      '{"concordat":"hello","contracts":[{"name":"a"},{"name":"a"}]}',
      "twice",
    ],
  ])("%s is a bad handshake, and the sentence says why", async (_name, message, why) => {
    const reject = expectRefusal(await stage().say(message), "bad-handshake");

    expect(reject["message"]).toContain(why);
  });

  test("none within the limit, on the clock's word", async () => {
    const silent = stage();
    const answer = answerTo(silent.pipe(), []);

    await silent.clock.advance(4_999);
    expect(silent.server.load.connections).toBe(1);
    await silent.clock.advance(1);

    expectRefusal(await answer, "handshake-timeout");
    expect(silent.server.load.connections).toBe(0);
    expect(silent.clock.waiting).toBe(0);
  });
});

describe("a hello that is accepted", () => {
  test("gets the newest release that both have, wherever it stands among the offers", async () => {
    const offers = offersOf(libraryHistory, "1.0.0", "1.1.0", "3.0.0", "2.0.0");
    const caller = stage().caller({ contracts: [{ name: "library", offers, optional: false }] });

    expect((await caller.welcome).contracts).toEqual([
      { name: "library", release: "3.0.0", fingerprint: offers[2]?.fingerprint },
    ]);
    expect((await caller.welcome).early).toBe("discarded");
  });

  test("goes on without an optional contract, and is told why it is absent", async () => {
    const contracts = [
      { name: "library", offers: offersOf(libraryHistory, "2.0.0"), optional: false },
      { name: "museum", offers: offersOf(libraryHistory, "1.0.0"), optional: true },
    ];
    const caller = stage().caller({ contracts });

    expect((await caller.welcome).contracts[1]).toMatchObject({
      name: "museum",
      absent: "unknown-contract",
    });
    expect(await caller.unary("library/count", {}).done).toBe(42);
    expect((await caller.unary("museum/count", {}).error).code).toBe("unimplemented");
  });

  test("offers a working tree whose fingerprint is the newest release's", async () => {
    const offers = [{ fingerprint: libraryTree.draft.fingerprint }];
    const caller = stage().caller({ contracts: [{ name: "library", offers, optional: false }] });

    expect((await caller.welcome).contracts[0]).toMatchObject({ release: "3.0.0" });
  });

  test("says a word and a capability that are ignored, and is told the same kind of nonsense", async () => {
    const open = stage();
    const answer = answerTo(open.pipe(), [helloOf(offersOf(libraryHistory, "3.0.0"))]);
    await open.clock.advance(0);
    void open.server.close();
    await open.clock.advance(5_000);
    const [text = {}] = (await answer).texts;
    const capabilities = text["capabilities"] as string[]; // a welcome has them

    const word = capabilities.find((capability) => capability.startsWith("x-"));
    expect(word).toBeDefined();
    expect(text).toHaveProperty([word ?? ""]);
  });
});

test("a terminal refusal goes before one that would let the client dial for ever", async () => {
  const contracts = [
    {
      name: "library",
      offers: [{ release: "9.0.0", fingerprint: otherFingerprint }],
      optional: false,
    },
    { name: "museum", offers: [], optional: false },
  ];

  const answer = await stage().say(helloOf([], { contracts }));

  expect(expectRefusal(answer, "unknown-contract")).toMatchObject({ contract: "museum" });
});
