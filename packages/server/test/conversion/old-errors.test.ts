/** Named errors that pass more than one change on their way to an old client. */
import { ConcordatError, type HandlersOf, serverStream, unary } from "@concordat/core";
import type { ServerContract } from "@concordat/core/internal";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { type Adapter, implement } from "../../src/index.ts";
import type { Caller } from "../fixture/caller.ts";
import { historyOf, offersOf } from "../fixture/library-history.ts";
import { Stage } from "../fixture/stage.ts";

const empty = Type.Object({});
const taken = { taken: Type.Object({ by: Type.String() }) };
const occupied = { occupied: Type.Object({ who: Type.String() }) };

function torn(note?: Type.TSchema) {
  const page = { page: Type.Integer() };
  const errors = { torn: Type.Object(note === undefined ? page : { ...page, note }) };
  return unary({ request: empty, response: Type.Null(), errors });
}

const first = {
  lend: unary({ request: empty, response: Type.Null(), errors: taken }),
  lendAll: serverStream({ request: empty, response: Type.Null(), errors: taken }),
  read: torn(Type.Optional(Type.String())),
  hold: unary({ request: empty, response: Type.Null(), errors: taken }),
};
const second = {
  reserve: unary({ request: empty, response: Type.Null(), errors: taken }),
  reserveAll: serverStream({ request: empty, response: Type.Null(), errors: taken }),
  read: torn(),
  hold: unary({ request: empty, response: Type.Null() }),
};
/** `occupied` was `taken`; a note is back, and is something else. */
const newest = {
  reserve: unary({ request: empty, response: Type.Null(), errors: occupied }),
  reserveAll: serverStream({ request: empty, response: Type.Null(), errors: occupied }),
  read: torn(Type.Optional(Type.Integer())),
  hold: unary({ request: empty, response: Type.Null(), errors: taken }),
};

const library: ServerContract<HandlersOf<typeof newest>> = {
  name: "library",
  history: historyOf("library", [
    ["1.0.0", first],
    ["2.0.0", second],
    ["3.0.0", newest],
  ]),
};

const renamed = {
  errors: {
    occupied: {
      name: "taken",
      payload: [{ step: "rename", at: "", from: "who", to: "by" }],
    },
  },
} as const;

const adapters: readonly Adapter[] = [
  {
    from: "1.0.0",
    to: "2.0.0",
    procedures: {
      read: "project",
      hold: "project",
      lend: { answer: async (_request, _context, call) => call("reserve", {}) },
      lendAll: {
        async *answer(_request, _context, call) {
          for await (const _ of items(call("reserveAll", {}))) yield null;
        },
      },
    },
  },
  {
    from: "2.0.0",
    to: "3.0.0",
    procedures: { read: "project", hold: "project", reserve: renamed, reserveAll: renamed },
  },
];

function items(given: unknown): AsyncIterable<unknown> {
  return given as AsyncIterable<unknown>; // of a server stream, as its kind says
}

function fails(name: string, value: unknown): never {
  throw new ConcordatError("failed_precondition", "Not now.", { detail: { name, value } });
}

async function oldClient(): Promise<{ caller: Caller; stage: Stage }> {
  const service = implement(library, {
    adapters,
    handlers: {
      reserve: () => fails("occupied", { who: "ada" }),
      // eslint-disable-next-line require-yield
      async *reserveAll() {
        fails("occupied", { who: "ada" });
      },
      read: () => fails("torn", { page: 1, note: 7 }),
      hold: () => fails("taken", { by: "ada" }),
    },
  });
  const stage = new Stage({ services: [service] });
  const offers = offersOf(library.history, "1.0.0");
  const caller = stage.caller({ contracts: [{ name: "library", offers, optional: false }] });
  await caller.welcome;
  return { caller, stage };
}

test("what an adapter calls fails with the errors of the release that it knows", async () => {
  const { caller } = await oldClient();
  const detail = { name: "taken", value: { by: "ada" } };

  expect((await caller.unary("library/lend", {}).error).detail).toEqual(detail);
  expect((await caller.stream("library/lendAll", {}).error).detail).toEqual(detail);
});

test("an error loses what a release between does not have, although the newest has another of that name", async () => {
  const { caller, stage } = await oldClient();

  expect((await caller.unary("library/read", {}).error).detail).toEqual({
    name: "torn",
    value: { page: 1 },
  });
  expect(stage.log).toEqual([]);
});

test("an error that a release between does not have is generic, although both ends have one of that name", async () => {
  const { caller, stage } = await oldClient();
  const error = await caller.unary("library/hold", {}).error;

  expect(error).toMatchObject({ code: "failed_precondition", rawMessage: "Not now." });
  expect(error.detail).toBeUndefined();
  expect(stage.log).toEqual([]);
});
