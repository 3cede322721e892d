/** Guards by name: whom they hold for, however old the caller is. */
import { ConcordatError, unary } from "@concordat/core";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { type Adapter, createServer, implement, only } from "../../src/index.ts";
import { bookNames, libraryService, libraryStage, wholeTitles } from "../fixture/librarian.ts";
import { historyOf, libraryHistory, offersOf } from "../fixture/library-history.ts";
import { Stage } from "../fixture/stage.ts";

/** A library with a guard that lets nobody through, and an answer to `lend`. */
function guardedLibrary(names: readonly string[], lend = bookNames.procedures["lend"]): Stage {
  const older: Adapter = { ...bookNames, procedures: { ...bookNames.procedures, lend } };
  const guard = only(names, async () => {
    throw new ConcordatError("permission_denied", "Not for you.");
  });
  return libraryStage({ adapters: [older, wholeTitles], options: { middleware: [guard] } });
}

/** What a client of some release gets for a call. */
async function got(stage: Stage, release: string, path: string, request: object): Promise<unknown> {
  const offers = offersOf(libraryHistory, release);
  const caller = stage.caller({ contracts: [{ name: "library", offers, optional: false }] });
  try {
    return await caller.unary(path, request).done;
  } catch (error) {
    return error instanceof ConcordatError ? error.code : error;
  }
}

test("only() runs for the procedures that it names, and for those below a name that ends in a slash", async () => {
  const named = guardedLibrary(["library/mark"]);
  const below = guardedLibrary(["library/"]);

  expect(await got(named, "3.0.0", "library/mark", { name: "x" })).toBe("permission_denied");
  expect(await got(named, "3.0.0", "library/count", {})).toBe(42);
  expect(await got(below, "3.0.0", "library/count", {})).toBe("permission_denied");
});

test("a guard holds for clients whose release calls the procedure something else", async () => {
  const stage = guardedLibrary(["library/mark"]);

  expect(await got(stage, "1.0.0", "library/stamp", { number: 4 })).toBe("permission_denied");
  expect(await got(stage, "1.0.0", "library/count", {})).toBe(42);
});

test("a guard can name what only an old release calls so", async () => {
  const stage = guardedLibrary(["library/stamp"]);

  expect(await got(stage, "1.0.0", "library/stamp", { number: 4 })).toBe("permission_denied");
  expect(await got(stage, "3.0.0", "library/mark", { name: "x" })).toBe("marked x");
});

test("a guard holds for a call that an adapter answers, of whatever calls it may make", async () => {
  const stage = guardedLibrary(["library/find"]); // lend calls reserve, but does not say that this is all

  expect(await got(stage, "1.0.0", "library/lend", { number: 1 })).toBe("permission_denied");
});

test("a guard is not for a call whose answer says that it calls something else", async () => {
  const lend: Adapter["procedures"][string] = {
    calls: ["reserve"],
    answer: (_request, _context, call) => call("reserve", { name: "#1" }),
  };
  const found = guardedLibrary(["library/find"], lend);
  const reserved = guardedLibrary(["library/reserve"], lend);

  expect(await got(found, "1.0.0", "library/lend", { number: 1 })).toBe(true);
  expect(await got(reserved, "1.0.0", "library/lend", { number: 1 })).toBe("permission_denied");
});

test.each([
  ["says so", { calls: ["hold"] }],
  ["does not say what it calls", {}],
])(
  "a guard holds for an answer that calls it by the name that only the release in between has, and %s",
  async (_what, said) => {
    const told = unary({ request: Type.Object({}), response: Type.Null() });
    const history = historyOf("desk", [
      ["1.0.0", { lend: told }],
      ["2.0.0", { hold: told }],
      ["3.0.0", { reserve: told }],
    ]);
    const adapters: readonly Adapter[] = [
      {
        from: "1.0.0",
        to: "2.0.0",
        procedures: {
          lend: { ...said, answer: (_request, _context, call) => call("hold", {}) },
        },
      },
      { from: "2.0.0", to: "3.0.0", procedures: { hold: { renamedTo: "reserve" } } },
    ];
    const service = implement(
      { name: "desk", history },
      { adapters, handlers: { reserve: () => null } },
    );
    const guard = only(["desk/reserve"], async () => {
      throw new ConcordatError("permission_denied", "Not for you.");
    });
    const stage = new Stage({ services: [service], middleware: [guard] });
    const offers = offersOf(history, "1.0.0");
    const caller = stage.caller({ contracts: [{ name: "desk", offers, optional: false }] });

    expect((await caller.unary("desk/lend", {}).error).code).toBe("permission_denied");
  },
);

test("a handler can ask which handlers a call may run", async () => {
  const seen: unknown[] = [];
  const stage = libraryStage({
    handlers: { mark: (_request, { procedure, handlers }) => `${seen.push(procedure, handlers)}` },
  });
  await got(stage, "1.0.0", "library/stamp", { number: 4 });

  expect(seen).toEqual(["library/stamp", ["library/mark"]]);
});

test("a guard that stands in another one is looked at as well: one that is misspelt would let everybody in", () => {
  const inner = only(["library/stmap"], (_context, next) => next());
  const middleware = [only(["library/"], inner)];

  expect(() => createServer({ services: [libraryService()], middleware })).toThrow(
    'only(…) names "library/stmap", which no contract of this server has',
  );
});

test.each(["library/makr", "libary/", "mark", ""])(
  "a server does not start with a guard of %j, which it does not have",
  (name) => {
    const middleware = [only(["library/stamp", name], (_context, next) => next())];
    const services = [libraryService()];

    expect(() => createServer({ services, middleware })).toThrow(
      `only(…) names ${JSON.stringify(name)}, which no contract of this server has; one is as "library/browse".`,
    );
  },
);
