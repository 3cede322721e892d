/** What cannot be served is found when the server starts, with what to do about it. */
import { type ProcedureTree, serverStream, unary } from "@concordat/core";
import type { ServerContract } from "@concordat/core/internal";
import { Type } from "typebox";
import { describe, expect, test } from "vitest";

import { type Adapter, createServer, implement } from "../../src/index.ts";
import { bookNames, libraryService, wholeTitles } from "../fixture/librarian.ts";
import { historyOf } from "../fixture/library-history.ts";
import { shop, shopHandlers } from "../fixture/shop.ts";

const ask = unary({ request: Type.Object({}), response: Type.Null() });
const askMore = unary({ request: Type.Object({ more: Type.Boolean() }), response: Type.Null() });
const failing = unary({
  request: Type.Object({}),
  response: Type.Null(),
  errors: { lost: Type.Null() },
});
const listen = serverStream({ request: Type.Object({}), response: Type.Null() });

/** What the compiler lets nobody write beside an answer. */
const beside: object = { errors: { lost: "generic" }, lost: [] };

/** Starts a service of two releases with an adapter between them. */
function start(
  older: ProcedureTree,
  newer: ProcedureTree,
  procedures: Adapter["procedures"] | undefined,
  numbers: readonly [string, string] = ["1.0.0", "2.0.0"],
): () => unknown {
  const [from, to] = numbers;
  const history = historyOf("talks", [
    [from, older],
    [to, newer],
  ]);
  const adapters = procedures === undefined ? [] : [{ from, to, procedures }];
  const handlers = Object.fromEntries(Object.keys(newer).map((name) => [name, () => null]));
  return () => implement({ name: "talks", history }, { handlers, adapters });
}

test.each([
  ["a client stub", { name: "talks", offers: [], procedures: [] }, "talks without its releases"],
  ["nothing", undefined, "no contract"],
])("what is no contract of a server is refused with what to give: %s", (_, given, named) => {
  const contract = given as unknown as ServerContract<object>; // no compiler has seen it

  expect(() => implement(contract, { handlers: {} })).toThrow(
    expect.objectContaining({
      code: "invalid_argument",
      message: expect.stringContaining(`was given ${named}`),
    }),
  );
});

describe("a procedure of which nobody said what becomes of it", () => {
  test("is named, with the pair, once for all releases that meet there", () => {
    expect(() => libraryService({ adapters: [] })).toThrow(
      "library cannot be served:\n" +
        '  no adapter from 1.1.0 to 2.0.0 says what becomes of browse, burn, find, lend, stamp ("concordat adapter 1.1.0 2.0.0 --contract library" drafts one)\n' +
        '  no adapter from 2.0.0 to 3.0.0 says what becomes of find ("concordat adapter 2.0.0 3.0.0 --contract library" drafts one)',
    );
  });

  test("below the floor does not matter", () => {
    expect(() => libraryService({ adapters: [], floor: "3.0.0" })).not.toThrow();
    expect(() => libraryService({ adapters: [wholeTitles], floor: "2.0.0" })).not.toThrow();
    expect(() => libraryService({ adapters: [wholeTitles], floor: "1.1.0" })).toThrow(
      "1.1.0 to 2.0.0",
    );
  });

  test("within one line is passed on: that is what its number says", () => {
    expect(start({ ask: askMore }, { ask }, undefined, ["1.0.0", "1.1.0"])).not.toThrow();
    expect(start({ ask: askMore }, { ask }, undefined, ["0.1.0", "0.1.1"])).not.toThrow();
    expect(start({ ask: askMore }, { ask }, undefined, ["0.1.0", "0.2.0"])).toThrow(
      "says what becomes of ask",
    );
  });

  test("within one line still has to be there, and of the same kind", () => {
    expect(start({ ask }, { listen }, undefined, ["1.0.0", "1.1.0"])).toThrow("becomes of ask");
    expect(start({ ask }, { ask: listen }, undefined, ["1.0.0", "1.1.0"])).toThrow(
      "becomes of ask",
    );
  });

  test("across lines is passed on where it has not changed", () => {
    expect(start({ ask }, { ask, listen }, undefined)).not.toThrow();
  });
});

/** As JavaScript gives it, where no compiler looks. */
function plain(given: unknown): never {
  return given as never; // each test says what becomes of it
}

const misshapen = (
  [
    ["projct", 'has "projct", which is neither "project", "unimplemented" nor an object'],
    [null, "has null, which is neither"],
    [{ request: 5 }, "has a request that is neither a function, a list of steps nor made of"],
    [{ errors: { lost: "generc" } }, 'has "generc" for the error lost, which is neither "generic"'],
    [{ errors: [] }, "has errors that are no object"],
    [{ metadata: 5 }, "has metadata that are no object: 5"],
    [{ metadata: { requests: () => [] } }, 'has metadata "requests", which nothing looks at'],
    [{ metadata: { request: 5 } }, 'has metadata "request" that is no function: 5'],
    [{ answer: 5 }, "has an answer that is no function: 5"],
    [{ answer: () => null, calls: 5 }, "has calls that are no list: 5"],
  ] satisfies [written: unknown, why: string][]
).map(([written, why]): [string, () => unknown, string] => [
  `says ${JSON.stringify(written)} of a procedure`,
  start({ ask: failing }, { ask: failing }, plain({ ask: written })),
  `the adapter from 1.0.0 to 2.0.0, for ask, ${why}`,
]);

describe("an adapter that cannot be right", () => {
  test.each<[string, () => unknown, string]>([
    [
      "goes between no neighbours",
      () => libraryService({ adapters: [{ from: "1.0.0", to: "2.0.0", procedures: {} }] }),
      "an adapter goes from 1.0.0 to 2.0.0, which are no neighbouring releases (1.0.0, 1.1.0, 2.0.0, 3.0.0)",
    ],
    [
      "goes backwards",
      () => libraryService({ adapters: [{ from: "2.0.0", to: "1.1.0", procedures: {} }] }),
      "no neighbouring releases",
    ],
    [
      "goes to a release that is not there",
      () => libraryService({ adapters: [{ from: "3.0.0", to: "4.0.0", procedures: {} }] }),
      "no neighbouring releases",
    ],
    [
      "is one of two for one pair",
      () => libraryService({ adapters: [bookNames, wholeTitles, wholeTitles] }),
      "two adapters go from 2.0.0 to 3.0.0",
    ],
    [
      "is about nothing",
      start({ ask }, { ask }, { aks: "project" }),
      "the adapter from 1.0.0 to 2.0.0 is about aks, which 1.0.0 does not have",
    ],
    [
      "converts beside an answer, where nothing looks",
      start({ ask: failing }, { listen }, { ask: { answer: () => null, ...beside } }),
      "the adapter from 1.0.0 to 2.0.0 answers ask, and nothing looks at what it has beside that: errors, lost; do it in the answer, which throws the errors of 1.0.0",
    ],
    [
      "answers with calls of what is not there",
      start({ ask }, { listen }, { ask: { calls: ["listen", "lisen"], answer: () => null } }),
      "the adapter from 1.0.0 to 2.0.0 answers ask with calls of lisen, which 2.0.0 does not have",
    ],
    [
      "is about toString",
      start({ ask }, { ask }, JSON.parse('{"toString": "project"}')),
      "is about toString",
    ],
    [
      "renames to nothing",
      start({ ask }, { listen }, { ask: { renamedTo: "tell" } }),
      'makes tell of ask, which 2.0.0 does not have; answer it, or write "unimplemented"',
    ],
    [
      "projects what is gone",
      start({ ask }, { listen }, { ask: "project" }),
      "makes ask of ask, which 2.0.0 does not have",
    ],
    [
      "converts what is gone",
      start({ ask }, { listen }, { ask: { request: (older) => older } }),
      "which 2.0.0 does not have",
    ],
    [
      "makes another kind of it",
      start({ ask }, { listen }, { ask: { renamedTo: "listen" } }),
      "makes a server stream of ask, which is a unary",
    ],
    [
      "makes a stream of a single request",
      start({ ask }, { ask: listen }, { ask: { renamedTo: "ask" } }),
      "makes a server stream of ask, which is a unary",
    ],
    [
      "converts as a stream what is none",
      start(
        { listen },
        { listen },
        { listen: { request: { stream: () => ({ item: () => [] }) } } },
      ),
      "for listen, has a stream for the request, of which a server stream has only one",
    ],
    [
      "converts an error that the newer release does not have",
      start({ ask }, { ask }, { ask: { errors: { lost: "generic" } } }),
      "for ask, converts the error lost, which the newer release does not have",
    ],
    [
      "makes an error that the older release does not have",
      start({ ask }, { ask: failing }, { ask: { errors: { lost: { name: "gone" } } } }),
      "for ask, makes the error gone of lost, which the older release does not have",
    ],
    [
      "has a part under another name, and would pass its values on as they are",
      start({ ask }, { ask }, plain({ ask: { reqest: () => null } })),
      'for ask, has a "reqest", which nothing looks at; there are renamedTo, request, response, errors,',
    ],
    ...misshapen,
    [
      "is none",
      () => libraryService({ adapters: [plain(null)] }),
      "an adapter is an object of from, to, procedures, not null",
    ],
    [
      "has no procedures",
      () => libraryService({ adapters: [plain({ from: "1.0.0", to: "1.1.0" })] }),
      '"procedures" of an adapter is an object with a member for each procedure, not undefined',
    ],
    [
      "has more than there is",
      () =>
        libraryService({
          adapters: [plain({ from: "1.0.0", to: "1.1.0", procedures: {}, procedure: {} })],
        }),
      'an adapter has no "procedure", only from, to, procedures',
    ],
    [
      "has a step that there is not",
      start({ ask }, { ask }, JSON.parse('{"ask":{"request":[{"step":"renam","at":""}]}}')),
      'for ask, has a step "renam", which there is not (constant, default, drop, ',
    ],
    [
      "has a step at what is no pointer",
      start(
        { ask },
        { ask },
        { ask: { response: [{ step: "map", at: "", steps: [{ step: "wrap", at: "more" }] }] } },
      ),
      'for ask, has a step wrap at "more", which is no JSON pointer such as "/lines/*"',
    ],
    [
      "has a step at nothing for the payload of an error",
      start(
        { ask: failing },
        { ask: failing },
        JSON.parse('{"ask":{"errors":{"lost":{"name":"lost","payload":[{"step":"wrap"}]}}}}'),
      ),
      "for ask, has a step wrap at undefined, which is no JSON pointer",
    ],
  ])("because it %s", (_name, started, why) => {
    expect(started).toThrow(why);
  });

  test("is not one that ends a procedure, whatever else becomes of its name", () => {
    expect(start({ ask, listen }, { ask }, { listen: "unimplemented" })).not.toThrow();
    expect(start({ ask }, { ask: listen }, { ask: "unimplemented" })).not.toThrow();
    expect(start({ ask }, { ask: listen }, { ask: { answer: () => null } })).not.toThrow();
  });
});

describe("handlers", () => {
  const { greet: _greet, ...withoutGreet } = shopHandlers();

  test("that are missing are named", () => {
    const handlers = { ...withoutGreet, tools: {} } as never; // JavaScript has nobody to say that some are missing

    expect(() => implement(shop, { handlers })).toThrow(
      "these procedures have no handler: greet, tools/list",
    );
  });

  test("that have no procedure are named", () => {
    const handlers = {
      ...shopHandlers(),
      tools: { list: () => [], lend: () => [] },
      older: { greet: () => 1 },
    };

    expect(() => implement(shop, { handlers })).toThrow(
      "these handlers have no procedure in the working tree: tools/lend, older/greet",
    );
  });

  test.each([[null], [undefined], [5], [() => null]])("of %s are none", (given) => {
    expect(() => implement(shop, { handlers: plain(given) })).toThrow(
      '"handlers" of shop is an object with a function for each procedure, not ',
    );
  });

  test("may lead back to themselves", () => {
    const handlers = shopHandlers();

    expect(() =>
      implement(shop, { handlers: Object.assign(handlers, { self: handlers }) }),
    ).not.toThrow();
  });

  test("are named where it is a single one, or a whole group that is missing", () => {
    const { tools: _tools, ...withoutTools } = shopHandlers();
    const history = historyOf("talks", [["1.0.0", { ask }]]);
    const tooMany = { ask: () => null, more: () => null };

    for (const group of [{ tools: {} }, { tools: null }, {}]) {
      const handlers = { ...withoutTools, ...group } as never; // JavaScript has nobody to say that one is missing
      expect(() => implement(shop, { handlers })).toThrow(
        /^shop cannot be served:\n {2}these procedures have no handler: tools\/list$/,
      );
    }
    expect(() => implement({ name: "talks", history }, { handlers: tooMany })).toThrow(
      /^talks cannot be served:\n {2}these handlers have no procedure in 1\.0\.0: more$/,
    );
  });

  test("are found in a class by the names of the newest release", () => {
    class Talks {
      ask(): null {
        return null;
      }
      more(): null {
        return null;
      }
    }
    const history = historyOf("talks", [
      ["1.0.0", { ask }],
      ["1.1.0", { ask, more: ask }],
    ]);

    expect(() => implement({ name: "talks", history }, { handlers: new Talks() })).not.toThrow();
  });

  test("may be the methods of a class, whatever else its instances hold", async () => {
    class Tools {
      readonly #stock = ["saw"];
      readonly depot = { open: () => "never a handler" };
      list(): string[] {
        return this.#stock;
      }
      helper(): number {
        return 1;
      }
    }
    class Base {
      greet({ name }: { name: string }): { text: string } {
        return { text: `${this.prefix()} ${name}` };
      }
      prefix(): string {
        return "base";
      }
    }
    class Derived extends Base {
      readonly tools = new Tools();
      readonly count = shopHandlers().count;
      readonly pages = shopHandlers().pages;
      readonly sum = shopHandlers().sum;
      readonly echo = shopHandlers().echo;
      readonly database: { readonly self: unknown; readonly query: () => void } = {
        self: this,
        query: () => undefined,
      };
      override prefix(): string {
        return "derived";
      }
    }
    const { Stage } = await import("../fixture/stage.ts");
    const caller = new Stage({ services: [implement(shop, { handlers: new Derived() })] }).caller();

    expect(await caller.unary("shop/greet", { name: "Ada" }).done).toEqual({ text: "derived Ada" });
    expect(await caller.unary("shop/tools/list", {}).done).toEqual(["saw"]);
  });
});

describe("a service", () => {
  test("whose floor is no release of it is refused", () => {
    expect(() => libraryService({ floor: "2.5.0" })).toThrow(
      "the floor 2.5.0 is none of its releases (1.0.0, 1.1.0, 2.0.0, 3.0.0)",
    );
  });

  test.each<[option: object, sentence: string]>([
    [
      { flor: "2.0.0" },
      'There is no option "flor"; there are handlers, adapters, floor, belowFloor, notices, retirement, upgradeUrl.',
    ],
    [{ belowFloor: "refused" }, '"belowFloor" is "unbroken" or "refuse", not "refused".'],
  ])("with %j, which a server would pass over, is refused", (option, sentence) => {
    expect(() => implement(shop, { handlers: shopHandlers(), ...option })).toThrow(
      new RangeError(sentence),
    );
  });

  test.each<[option: object, sentence: string]>([
    [{ upgradeUrl: "shop.example/app" }, '"upgradeUrl" of shop is "shop.example/app"'],
    [
      { retirement: { url: "javascript:alert(1)" } },
      '"url" of retirement is "javascript:alert(1)"',
    ],
    [{ notices: { "0.0.0": { url: "/why" } } }, '"url" of 0.0.0 is "/why"'],
  ])("that says what no client shows is refused: %j", (option, sentence) => {
    expect(() => implement(shop, { handlers: shopHandlers(), ...option })).toThrow(sentence);
  });

  test("that says more than clients show is refused, and what they just show is not", () => {
    const most = { url: `https://a.example/${"x".repeat(1_982)}`, message: "x".repeat(2_000) };
    const retirement = { message: "x".repeat(2_001) };

    expect(most.url).toHaveLength(2_000);
    expect(() =>
      implement(shop, { handlers: shopHandlers(), retirement: most, upgradeUrl: most.url }),
    ).not.toThrow();
    expect(() => implement(shop, { handlers: shopHandlers(), retirement })).toThrow(
      '"message" of retirement has 2001 characters, and clients show none of a text over 2000',
    );
    expect(() => implement(shop, { handlers: shopHandlers(), upgradeUrl: `${most.url}x` })).toThrow(
      /"upgradeUrl" of shop is .*, which no client shows/,
    );
  });

  test("of a working tree has no releases that a floor or a notice could name, and says so", () => {
    const handlers = shopHandlers();

    expect(() => implement(shop, { handlers, floor: "1.0.0", notices: { "2.0.0": {} } })).toThrow(
      "  the floor 1.0.0 is none of its releases: a working tree has none\n" +
        "  a notice is for 2.0.0, which is none of its releases: a working tree has none",
    );
  });

  test("with a notice for a release that it does not have is refused", () => {
    const handlers = shopHandlers();

    expect(() => implement(shop, { handlers, notices: { "1.0.0": {} } })).toThrow(
      "a notice is for 1.0.0",
    );
  });

  test("without releases is refused", () => {
    const empty: ServerContract<object> = { name: "library", history: [] };

    expect(() => implement(empty, { handlers: {} })).toThrow("its history is empty");
  });

  test("of a contract that another one serves is refused", () => {
    const service = libraryService();

    expect(() => createServer({ services: [service, service] })).toThrow(
      "The contract library is implemented twice.",
    );
  });

  test("with a limit that is none is refused", () => {
    expect(() => createServer({ services: [], limits: { depth: 0 } })).toThrow(RangeError);
    expect(() => createServer({ services: [], limits: { handshakeMs: 1.5 } })).toThrow(
      "handshakeMs",
    );
  });
});
