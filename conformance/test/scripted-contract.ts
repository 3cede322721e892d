/** The contract under test: each call brings a script, which says what its handler does. */
import {
  bidiStream,
  clientNotification,
  clientStream,
  defineContract,
  serverNotification,
  serverStream,
  unary,
} from "@concordat/core";
import { type Static, Type } from "typebox";

const Pair = Type.Tuple([Type.String(), Type.Unknown()]);

const Step = Type.Object({
  leading: Type.Optional(Type.Array(Pair)),
  trailing: Type.Optional(Type.Array(Pair)),
  yields: Type.Optional(Type.Array(Type.Unknown())),
  many: Type.Optional(Type.Object({ count: Type.Integer(), bytes: Type.Integer() })),
  takes: Type.Optional(Type.Integer()),
  echoes: Type.Optional(Type.Integer()),
  waits: Type.Optional(Type.String()),
  raises: Type.Optional(Type.String()),
  notifies: Type.Optional(Type.Array(Type.Unknown())),
  fails: Type.Optional(
    Type.Object({
      code: Type.String(),
      message: Type.String(),
      detail: Type.Optional(Type.Object({ name: Type.String(), value: Type.Unknown() })),
      retryAfterMs: Type.Optional(Type.Number()),
    }),
  ),
  throws: Type.Optional(Type.String()),
  returns: Type.Optional(Type.Unknown()),
  reports: Type.Optional(Type.Boolean()),
});

/** One act of a handler; see the cases' page. */
export type Step = Static<typeof Step>;

const Script = Type.Object({ id: Type.String(), steps: Type.Array(Step) });

/** What a handler does, under a name by which it is asked about afterwards. */
export type Script = Static<typeof Script>;

/** A streamed request: its first item is the script. */
const Item = Type.Object({
  script: Type.Optional(Script),
  item: Type.Optional(Type.Unknown()),
});

const Mark = Type.Object({ mark: Type.Integer() });

export const scripted = defineContract("scripted", {
  unary: unary({ request: Script, response: Type.Unknown(), errors: { marked: Mark } }),
  serverStream: serverStream({
    request: Script,
    response: Type.Unknown(),
    errors: { marked: Mark },
  }),
  clientStream: clientStream({ request: Item, response: Type.Unknown(), errors: { marked: Mark } }),
  bidiStream: bidiStream({ request: Item, response: Type.Unknown(), errors: { marked: Mark } }),
  strict: unary({ request: Type.Object({ n: Type.Integer() }), response: Type.Integer() }),
  record: unary({
    request: Type.Object({ id: Type.String(), of: Type.String() }),
    response: Type.Unknown(),
  }),
  raise: unary({ request: Type.String(), response: Type.Null() }),
  told: clientNotification({
    message: Type.Object({ id: Type.String(), value: Type.Unknown() }),
  }),
  news: serverNotification({ message: Type.Unknown() }),
});

/** One item of a streamed request. */
export type ScriptItem = Static<typeof Item>;
