/** What comes through several releases: what each of them declares, and nothing that one of them lacks. */
import { type ProcedureTree, serverStream, unary } from "@concordat/core";
import { expect, test } from "vitest";
import * as Type from "typebox";

import { type Adapter, implement, type LogEvent } from "../../src/index.ts";
import { historyOf, offersOf } from "../fixture/library-history.ts";
import type { OpenCall } from "../fixture/open-call.ts";
import { Stage } from "../fixture/stage.ts";

type Between = Adapter["procedures"][string];
interface Outcome {
  readonly answer: unknown;
  readonly log: readonly LogEvent[];
}

type Handler = (request: unknown) => unknown;

const text = Type.String();
const whole = Type.Integer();
const anything = Type.Any();

/** Calls `go` as a client of 1.0.0, through the adapters to the newest of these releases. */
async function called(
  trees: readonly ProcedureTree[],
  between: readonly Between[],
  go: Handler,
  start: (open: (kind: "unary" | "serverStream", request: unknown) => OpenCall) => OpenCall,
): Promise<Outcome> {
  const history = historyOf(
    "long",
    trees.map((tree, index) => [`${index + 1}.0.0`, tree] as const),
  );
  const adapters = between.map((written, index): Adapter => ({
    from: `${index + 1}.0.0`,
    to: `${index + 2}.0.0`,
    procedures: { go: written },
  }));
  const stage = new Stage({
    services: [implement({ name: "long", history }, { adapters, handlers: { go } })],
  });
  const offers = offersOf(history, "1.0.0");
  const caller = stage.caller({ contracts: [{ name: "long", offers, optional: false }] });
  await caller.welcome;
  const call = start((kind, request) => caller.open(kind, "long/go", request));
  const answer = await call.done.catch((error: unknown) => error);
  return { answer, log: stage.logged("promise-broken") };
}

/** What becomes of a request on its way. */
async function received(
  requests: readonly Type.TSchema[],
  between: readonly Between[],
  request: unknown,
): Promise<Outcome> {
  const trees = requests.map((each) => ({ go: unary({ request: each, response: anything }) }));
  return called(
    trees,
    between,
    (given) => given,
    (open) => open("unary", request),
  );
}

/** Written for a `total` that has an `amount`. */
const price = (older: unknown): unknown => {
  const { total } = older as { total: { amount: number } }; // its release says so
  return { price: total.amount.toFixed(2) };
};

const converter = (item: (newer: unknown) => unknown): Between => ({
  response: { stream: () => ({ item: (newer: unknown) => [item(newer)] }) },
});

const pair = (...elements: [Type.TSchema, Type.TSchema]): Type.TObject =>
  Type.Object({ in: Type.Tuple(elements) });

const tagged = (kind: string, more: Type.TProperties = {}): Type.TObject =>
  Type.Object({ kind: Type.Literal(kind), ...more });

test.each([
  [
    "names that anybody chose",
    [
      Type.Object({ a: text }, { additionalProperties: text }),
      Type.Object({ a: text }),
      Type.Object({ a: text, b: Type.Optional(whole) }),
    ],
    { a: "x", b: "y" },
    { a: "x" },
  ],
  [
    "a value that had no shape",
    [
      Type.Object({ in: Type.Unknown() }),
      Type.Object({ in: Type.Object({ a: text }) }),
      Type.Object({ in: Type.Object({ a: text, b: Type.Optional(whole) }) }),
    ],
    { in: { a: "x", b: "y" } },
    { in: { a: "x" } },
  ],
  [
    "a property, where the newest takes any name",
    [
      Type.Object({ in: Type.Object({ a: text, b: text }) }),
      Type.Object({ in: Type.Object({ a: text }) }),
      Type.Object({ in: Type.Record(text, text) }),
    ],
    { in: { a: "x", b: "y" } },
    { in: { a: "x" } },
  ],
  [
    "a property of objects that are told apart now",
    [
      Type.Object({ kind: text, n: Type.Optional(text) }),
      Type.Union([tagged("a"), tagged("b")]),
      Type.Union([tagged("a", { n: Type.Optional(whole) }), tagged("b")]),
    ],
    { kind: "a", n: "y" },
    { kind: "a" },
  ],
  [
    "what one release only asks for where another property is there",
    [
      Type.Object({ a: text }, { dependentRequired: { d: ["b"] } }),
      Type.Object({ a: text }),
      Type.Object({ a: text, b: Type.Optional(whole) }),
    ],
    { a: "x", b: "y" },
    { a: "x" },
  ],
  [
    "what the newest counts",
    [
      Type.Object({ a: text, b: Type.Optional(text) }),
      Type.Object({ a: text }),
      Type.Object({ a: text }, { maxProperties: 1 }),
    ],
    { a: "x", b: "y" },
    { a: "x" },
  ],
  [
    "what the newest only takes beside another property",
    [
      Type.Object({ a: text, b: Type.Optional(text) }),
      Type.Object({ a: text }),
      Type.Object({ a: text, c: Type.Optional(text) }, { dependentRequired: { b: ["c"] } }),
    ],
    { a: "x", b: "y" },
    { a: "x" },
  ],
  [
    "a property of the first of two elements",
    [
      pair(Type.Object({ n: text }), Type.Object({ n: text })),
      pair(Type.Object({}), Type.Object({ n: text })),
      pair(Type.Object({ n: Type.Optional(whole) }), Type.Object({ n: text })),
    ],
    { in: [{ n: "x" }, { n: "y" }] },
    { in: [{}, { n: "y" }] },
  ],
  [
    "a property whose name reads like the way to another one",
    [
      Type.Object({ "a/b": text }),
      Type.Object({ a: Type.Optional(Type.Object({ b: text })) }),
      Type.Object({ "a/b": Type.Optional(whole) }),
    ],
    { "a/b": "y" },
    {},
  ],
])(
  "what a release between does not declare is lost there: %s",
  async (_, requests, given, left) => {
    expect(await received(requests, ["project", "project"], given)).toEqual({
      answer: left,
      log: [],
    });
  },
);

test("a function is given what its release declares, and nothing that came from further away", async () => {
  const requests = [
    Type.Object({ id: text, nick: text }),
    Type.Object({ id: text, name: Type.Optional(text) }),
    Type.Object({ id: text, rest: Type.Record(text, text) }),
  ];
  const seen: unknown[] = [];
  const nest = (older: unknown): unknown => {
    seen.push(older);
    return { id: "1", rest: {} };
  };

  await received(requests, ["project", { request: nest }], { id: "1", nick: "N" });

  expect(seen).toEqual([{ id: "1" }]);
});

test("what a function makes beyond what its release declares is lost there, also where a later one declares it", async () => {
  const requests = [
    Type.Object({ id: text }),
    Type.Object({ id: text, more: Type.Optional(text) }),
    Type.Object({ id: text, more: Type.Optional(text), note: Type.Optional(text) }),
  ];
  const stray = { request: (): unknown => ({ id: "1", more: "m", note: "n" }) };

  expect(await received(requests, [stray, "project"], { id: "1" })).toEqual({
    answer: { id: "1", more: "m" },
    log: [],
  });
});

test("the log names the adapter that made something wrong, not the function behind it that fails on that", async () => {
  const requests = [
    Type.Object({ total: whole }),
    Type.Object({ total: Type.Object({ amount: whole }) }),
    Type.Object({ price: text }),
  ];
  const { log } = await received(
    requests,
    [{ request: [{ step: "default", at: "", name: "other", value: 1 }] }, { request: price }],
    { total: 1 },
  );

  expect(log).toMatchObject([
    {
      path: "/total",
      message: "made by the adapter from 1.0.0 to 2.0.0: the request is not an object",
    },
  ]);
});

test("the log says which converter of a stream made something wrong, and where in it", async () => {
  const trees = [text, Type.Object({ said: text }), Type.Object({ words: text })].map(
    (response) => ({ go: serverStream({ request: Type.Object({}), response }) }),
  );
  const { log } = await called(
    trees,
    [converter(() => "heard"), converter(() => ({ said: 1 }))],
    () => [{ words: "w" }],
    (open) => open("serverStream", {}),
  );

  expect(log).toMatchObject([
    {
      path: "/said",
      message: "made by the adapter from 3.0.0 to 2.0.0: the response is not a string",
    },
  ]);
});

test("a message of definitions that all hold each other is served through several releases", async () => {
  const names = Array.from({ length: 14 }, (_, index) => `N${index}`);
  const refs = Object.fromEntries(names.map((name) => [name, Type.Optional(Type.Ref(name))]));
  const nodes = Object.fromEntries(names.map((name) => [name, Type.Object(refs)]));
  const requests = [text, whole, Type.Boolean()].map((more) =>
    Type.Object({ tree: Type.Cyclic(nodes, "N0"), more: Type.Optional(more) }),
  );
  const tree = { N3: { N13: {} }, N5: {} };

  expect(await received(requests, ["project", "project"], { tree })).toEqual({
    answer: { tree },
    log: [],
  });
});
