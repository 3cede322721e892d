/** Four releases, one server that implements the newest: what clients of each age get, and what it costs them. */
import { ConcordatError } from "@concordat/core";
import { describe, expect, test } from "vitest";

import type { Adapter, Middleware } from "../src/index.ts";
import type { Caller } from "./fixture/caller.ts";
import { bookNames, type Librarian, libraryStage, wholeTitles } from "./fixture/librarian.ts";
import { libraryHistory, offersOf } from "./fixture/library-history.ts";
import type { Stage } from "./fixture/stage.ts";

/** A client of one release. */
function clientOf(release: string, stage: Stage = libraryStage()): Caller {
  const offers = offersOf(libraryHistory, release);
  return stage.caller({ contracts: [{ name: "library", offers, optional: false }] });
}

/** A library whose adapter from 1.1.0 to 2.0.0 says something else about some procedures. */
function adapted(procedures: Adapter["procedures"], librarian: Librarian = {}): Stage {
  const older = { ...bookNames, procedures: { ...bookNames.procedures, ...procedures } };
  return libraryStage({ adapters: [older, wholeTitles], ...librarian });
}

test("middleware runs around a call under the name that its caller's release has, and around no call of an answer", async () => {
  const around: string[] = [];
  const note: Middleware = ({ procedure }, next) => {
    around.push(procedure);
    return next();
  };
  const client = clientOf("1.0.0", libraryStage({ options: { middleware: [note] } }));
  await client.unary("library/stamp", { number: 4 }).done; // renamed to mark
  await client.unary("library/lend", { number: 1 }).done; // answered by reserve

  expect(around).toEqual(["library/stamp", "library/lend"]);
});

describe("find, which changed in every release", () => {
  test.each([
    [
      "3.0.0",
      { name: "Emma" },
      { title: { main: "Book Emma", sub: "A Tale" }, year: 1999, pages: 7 },
    ],
    ["2.0.0", { name: "Emma" }, { title: "Book Emma: A Tale", year: 1999, pages: 7 }],
    ["1.1.0", { number: 1, language: "en" }, { title: "Book #1: A Tale", year: 1999 }],
    ["1.0.0", { number: 1 }, { title: "Book #1: A Tale" }],
  ])("answers a client of %s in its own words", async (release, request, response) => {
    expect(await clientOf(release).unary("library/find", request).done).toEqual(response);
  });

  test("refuses a request in the words of the caller's own release", async () => {
    const error = await clientOf("1.0.0").unary("library/find", { name: "Emma" }).error;

    expect(error.code).toBe("invalid_argument");
    expect(error.rawMessage).toBe(
      "The request does not match library/find 1.0.0 at /number: is missing.",
    );
  });

  test("tells its handler which release the caller speaks, and of which procedure", async () => {
    const seen: unknown[] = [];
    const stage = libraryStage({
      handlers: {
        mark(request, { release, procedure }) {
          seen.push({ request, release, procedure });
          return "";
        },
      },
    });
    await clientOf("1.0.0", stage).unary("library/stamp", { number: 4 }).done;

    expect(seen).toEqual([
      { request: { name: "#4" }, release: "1.0.0", procedure: "library/stamp" },
    ]);
  });
});

describe("what an adapter can do with a procedure", () => {
  test("convert each item of a stream", async () => {
    const call = clientOf("1.1.0").stream("library/browse", { shelf: "A" });
    await call.done;

    expect(call.items).toEqual([{ title: "A 1" }, { title: "A 2" }]);
  });

  test("give it its new name, which the old client does not know", async () => {
    const caller = clientOf("1.0.0");

    expect(await caller.unary("library/stamp", { number: 4 }).done).toBe("marked #4");
    expect((await caller.unary("library/mark", { name: "#4" }).error).code).toBe("unimplemented");
    expect((await clientOf("2.0.0").unary("library/stamp", { number: 4 }).error).code).toBe(
      "unimplemented",
    );
  });

  test("answer it by a call of the newer release, converted further where that one is old as well", async () => {
    const caller = clientOf("1.0.0");

    expect(await caller.unary("library/lend", { number: 1 }).done).toBe(true);
    expect(await caller.unary("library/lend", { number: 2 }).done).toBe(false);

    const asFind: Adapter["procedures"] = {
      lend: {
        async answer(_request, context, call) {
          const { title } = (await call("find", { name: "Emma" })) as { title: string }; // 2.0.0 says so
          context.setTrailing({ title });
          return true;
        },
      },
    };
    const call = clientOf("1.1.0", adapted(asFind)).unary("library/lend", { number: 1 });
    await call.done;
    expect(call.trailingMetadata).toEqual([["title", "Book Emma: A Tale"]]);
  });

  test("let it end: the call fails alone, and names the newest release that has it", async () => {
    const caller = clientOf("1.0.0");
    const error = await caller.unary("library/burn", {}).error;

    expect(error.code).toBe("unimplemented");
    expect(error.rawMessage).toContain("library 1.1.0 has it");
    expect(await caller.unary("library/count", {}).done).toBe(42);
  });

  test("project it: what the old release does not declare is dropped, and nothing else is done", async () => {
    const stage = adapted({ find: { request: () => ({ name: "x" }) }, count: "project" });

    expect(await clientOf("1.1.0", stage).unary("library/count", {}).done).toBe(42);
  });

  test("refuse a call in so many words", async () => {
    const stage = adapted({
      find: {
        request() {
          throw new ConcordatError("out_of_range", "Numbers were withdrawn.");
        },
      },
    });

    expect(await clientOf("1.1.0", stage).unary("library/find", { number: 1 }).error).toMatchObject(
      {
        code: "out_of_range",
        rawMessage: "Numbers were withdrawn.",
      },
    );
    expect(stage.log).toEqual([]);
  });
});

describe("an adapter that breaks its promise: internal for the caller, adapter and path in the log", () => {
  test.each<[string, Adapter["procedures"][string], Record<string, unknown>]>([
    [
      "throws on a request",
      {
        request: () => {
          throw new Error("hunter2");
        },
      },
      { message: "the adapter from 1.1.0 to 2.0.0 failed on the request: hunter2", path: "" },
    ],
    [
      "throws null on a request",
      {
        request: () => {
          throw null;
        },
      },
      { message: "the adapter from 1.1.0 to 2.0.0 failed on the request: null" },
    ],
    [
      "makes garbage of a request",
      { request: () => ({ name: 7 }) },
      {
        message: "made by the adapter from 1.1.0 to 2.0.0: the request is not a string",
        path: "/name",
      },
    ],
    ["forgets a property of a request", { request: () => ({}) }, { path: "/name" }],
    [
      "throws on a response",
      {
        request: () => ({ name: "x" }),
        response: () => {
          throw new Error("hunter2");
        },
      },
      { message: "the adapter from 2.0.0 to 1.1.0 failed on the response: hunter2" },
    ],
    [
      "makes garbage of a response",
      { request: () => ({ name: "x" }), response: () => ({ title: null, year: 1 }) },
      {
        message: "made by the adapter from 2.0.0 to 1.1.0: the response is not a string",
        path: "/title",
      },
    ],
    [
      "makes a promise of a response",
      { request: () => ({ name: "x" }), response: async () => ({ title: "" }) },
      {
        message:
          "the adapter from 2.0.0 to 1.1.0 failed on the response: it made a promise, and has to answer at once",
      },
    ],
    [
      "projects what does not fit",
      "project",
      {
        message:
          "no adapter converts from 1.1.0 to 2.0.0, and something has to: the request is missing",
        path: "/name",
      },
    ],
    ["answers with garbage", { answer: () => ({ title: 7 }) }, { path: "/title" }],
    [
      "calls what is not there",
      { answer: (_request, _context, call) => call("nothing", {}) },
      { message: "the adapter calls nothing, which the next release does not have" },
    ],
    [
      "calls what it does not say it calls",
      { calls: ["reserve"], answer: (_request, _context, call) => call("find", { name: "x" }) },
      { message: 'the adapter calls find, which its "calls" does not name' },
    ],
    [
      "calls with garbage",
      { answer: (_request, _context, call) => call("find", { name: 7 }) },
      {
        message: "the adapter's call of library/find 2.0.0: the request is not a string",
        path: "/name",
      },
    ],
    [
      "answers with a stream what is none",
      { answer: (_request, _context, call) => call("browse", { shelf: "" }) },
      { message: "the adapter from 1.1.0 to 2.0.0's response is not an object" },
    ],
  ])("because it %s", async (_name, conversion, logged) => {
    const stage = adapted({ find: conversion });
    const caller = clientOf("1.1.0", stage);
    const error = await caller.unary("library/find", { number: 1 }).error;

    expect(error).toMatchObject({ code: "internal" });
    expect(error.message).not.toContain("hunter2");
    expect(stage.log).toMatchObject([
      {
        level: "error",
        event: "promise-broken",
        procedure: "library/find",
        release: "1.1.0",
        ...logged,
      },
    ]);
    expect(await caller.unary("library/count", {}).done).toBe(42);
  });
});

/** A library in which nothing is found, with a named error. */
function failing(name: string, value: unknown): Stage {
  return libraryStage({
    handlers: {
      find() {
        throw new ConcordatError("failed_precondition", "Not to be had.", {
          detail: { name, value },
        });
      },
    },
  });
}

describe("a named error", () => {
  test("that both releases have arrives whole", async () => {
    const call = clientOf("1.0.0", failing("lost", { since: 1999 })).unary("library/find", {
      number: 1,
    });

    expect((await call.error).detail).toEqual({ name: "lost", value: { since: 1999 } });
  });

  test("that the caller's release does not have keeps its code and message, and its name in the metadata", async () => {
    const stage = failing("forbidden", { by: "law" });
    const call = clientOf("1.1.0", stage).unary("library/find", { number: 1 });

    expect(await call.error).toMatchObject({
      code: "failed_precondition",
      rawMessage: "Not to be had.",
      detail: undefined,
    });
    expect(call.trailingMetadata).toEqual([["concordat-error", "forbidden"]]);
    expect(stage.log).toEqual([]);
  });
});
