/** Five releases of a contract in which everything changes that can: each kind of procedure, and each treatment. */
import {
  BigInteger,
  bidiStream,
  Bytes,
  clientNotification,
  clientStream,
  type ProcedureTree,
  type ReleaseDocument,
  serverNotification,
  serverStream,
  Timestamp,
  unary,
} from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import { Type } from "typebox";

const Text = Type.Object({ text: Type.String({ maxLength: 40 }) });
const Status = Type.Union([Type.Literal("placed"), Type.Literal("packed"), Type.Literal("sent")]);
const line = Type.Object({ sku: Type.String() });
const Limit = Type.Object({ most: Type.Integer({ minimum: 1, maximum: 99 }) });

/** A tree that holds itself, and two kinds of leaf that a constant tells apart. */
const Thing = Type.Cyclic(
  {
    Thing: Type.Union([
      Type.Object({
        kind: Type.Literal("box"),
        inside: Type.Array(Type.Ref("Thing"), { maxItems: 2 }),
      }),
      Type.Object({ kind: Type.Literal("book"), title: Type.String({ minLength: 1 }) }),
      Type.Object({ kind: Type.Literal("cup"), colour: Type.Optional(Type.String()) }),
    ]),
  },
  "Thing",
);

/** Every kind of rule, so that a fingerprint has something to overlook. */
const Stock = Type.Object({
  code: Type.String({ pattern: "^[A-Z]{2}[0-9]+$", minLength: 3, maxLength: 8 }),
  day: Type.String({ format: "date" }),
  weight: Type.Number({ minimum: 0, maximum: 1_000, multipleOf: 0.25 }),
  share: Type.Number({ exclusiveMinimum: 0, exclusiveMaximum: 1 }),
  tags: Type.Array(Type.String(), { minItems: 1, maxItems: 5, uniqueItems: true }),
  pair: Type.Tuple([Type.String(), Type.Integer()]),
  labels: Type.Record(Type.String({ pattern: "^[a-z]+$" }), Type.Integer()),
  picture: Bytes(),
  since: Timestamp(),
  count: BigInteger(),
  state: Type.Enum(["fresh", "old"]),
  left: Type.Union([Type.Null(), Type.Boolean(), Type.Integer()]),
});

const stable = {
  ping: unary({
    request: Type.Object({ at: Type.Integer() }),
    response: Type.Object({ at: Type.Integer(), note: Type.Optional(Type.String()) }),
    errors: { busy: Limit },
  }),
  store: unary({ request: Stock, response: Stock }),
  pack: unary({ request: Thing, response: Thing }),
  /** Text in one release, gone in the next but one, and a number when it comes back. */
  shelf: {
    find: unary({
      request: Type.Object({ shelf: Type.String(), hint: Type.Optional(Type.String()) }),
      response: Type.Object({
        places: Type.Array(Type.Object({ row: Type.Integer() })),
        hint: Type.Optional(Type.String()),
      }),
    }),
  },
};

const first = {
  ...stable,
  place: unary({
    request: Type.Object({
      sku: Type.String(),
      note: Type.Optional(Type.String()),
      gift: Type.Optional(Type.Boolean()),
      lines: Type.Array(Type.Object({ sku: Type.String(), count: Type.Integer({ minimum: 1 }) })),
      pay: Type.Enum(["cash", "card"]),
    }),
    response: Type.Object({
      id: Type.String(),
      total: Type.Number(),
      status: Status,
      memo: Type.Optional(Type.String()),
    }),
    errors: { sold_out: line, broken: Type.Object({ part: Type.String() }), limit: Limit },
  }),
  news: serverStream({ request: Type.Object({}), response: Text }),
  upload: clientStream({ request: Text, response: Type.Integer() }),
  talk: bidiStream({ request: Text, response: Text }),
  ticks: serverStream({ request: Type.Object({ to: Type.Integer() }), response: Type.Integer() }),
  burn: unary({ request: Type.Object({}), response: Type.Null() }),
  typing: clientNotification({ message: Text }),
  changed: serverNotification({ message: Type.Object({ id: Type.String(), status: Status }) }),
};

/** Nothing has to be written: everything new is optional. */
const second = {
  ...first,
  place: unary({
    request: Type.Object({ ...first.place.request.properties, tag: Type.Optional(Type.String()) }),
    response: Type.Object({
      ...first.place.response.properties,
      hint: Type.Optional(Type.String()),
    }),
    errors: { sold_out: line, broken: Type.Object({ part: Type.String() }), limit: Limit },
  }),
};

const { ticks: _ticks, burn: _burn, shelf: _shelf, ...kept } = second;
const placed = {
  request: {
    article: Type.String(),
    quantity: Type.Integer({ minimum: 1 }),
    gift: Type.Optional(Type.Boolean()),
    tag: Type.Optional(Type.String()),
    lines: Type.Array(Type.Object({ article: Type.String(), count: Type.Integer({ minimum: 1 }) })),
    pay: Type.Enum(["CASH", "CARD", "LATER"]),
  },
  response: {
    id: Type.String(),
    total: Type.Object({ amount: Type.Integer(), currency: Type.String() }),
    status: Status,
    memo: Type.Optional(Type.String()),
    hint: Type.Optional(Type.String()),
  },
};
const placeErrors = {
  unavailable: Type.Object({ article: Type.String() }),
  banned: Type.Object({}),
  limit: Limit,
};

const third = {
  ...kept,
  place: unary({
    request: Type.Object(placed.request),
    response: Type.Object(placed.response),
    errors: placeErrors,
  }),
  news: serverStream({
    request: Type.Object({}),
    response: Type.Object({ words: Type.Array(Type.String({ maxLength: 40 })) }),
  }),
  upload: clientStream({
    request: Type.Object({ said: Type.String({ maxLength: 40 }) }),
    response: Type.Integer(),
  }),
  talk: bidiStream({
    request: Type.Object({ said: Type.String({ maxLength: 40 }) }),
    response: Text,
  }),
  count: serverStream({
    request: Type.Object({ from: Type.Integer(), to: Type.Integer() }),
    response: Type.Object({ at: Type.Integer() }),
  }),
  typing: clientNotification({ message: Type.Object({ said: Type.String({ maxLength: 40 }) }) }),
  changed: serverNotification({ message: Type.Object({ order: Type.String(), status: Status }) }),
  shelf: {
    find: unary({
      request: Type.Object({ shelf: Type.String() }),
      response: Type.Object({
        places: Type.Array(
          Type.Object({ row: Type.Integer(), column: Type.Optional(Type.Integer()) }),
        ),
      }),
    }),
  },
};

const fourth = {
  ...third,
  place: unary({
    request: Type.Object({
      ...placed.request,
      note: Type.Optional(Type.Integer()),
      channel: Type.String({ default: "web" }),
    }),
    response: Type.Object(placed.response),
    errors: placeErrors,
  }),
  shelf: {
    find: unary({
      request: Type.Object({ shelf: Type.String(), hint: Type.Optional(Type.Integer()) }),
      response: Type.Object({
        places: Type.Array(
          Type.Object({ row: Type.Integer(), column: Type.Optional(Type.Integer()) }),
        ),
        hint: Type.Optional(Type.Integer()),
      }),
    }),
  },
};

const newest = {
  ...fourth,
  place: unary({
    request: Type.Object({
      ...fourth.place.request.properties,
      priority: Type.Optional(Type.Integer()),
    }),
    response: Type.Object({ ...placed.response, gift: Type.Optional(Type.Boolean()) }),
    errors: placeErrors,
  }),
};

/** The sources by release, oldest first. */
const deskTrees: readonly (readonly [release: string, tree: ProcedureTree])[] = [
  ["1.0.0", first],
  ["1.1.0", second],
  ["2.0.0", third],
  ["3.0.0", fourth],
  ["3.1.0", newest],
];

/** The releases, as `concordat release` would freeze them. */
export function deskHistory(): readonly ReleaseDocument[] {
  let previous: string | null = null;
  return deskTrees.map(([release, tree]) => {
    const document = { ...freeze("desk", tree), release, previous };
    previous = document.fingerprint;
    return document;
  });
}
