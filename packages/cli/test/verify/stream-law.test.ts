/** Servers that do something else with a stream than their adapters say: they are found as well. */
import { clientStream, type ProcedureTree, serverStream } from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import type { Adapter } from "@concordat/server";
import * as kit from "@concordat/server/portable";
import * as Type from "typebox";
import { expect, test } from "vitest";

import type { ServerKit } from "../../src/verify/server-kit.ts";
import { verifyContract } from "../../src/verify/verify-contract.ts";

/** Streams in both directions, of elements that have a property of this name. */
function streamsOf(name: string): ProcedureTree {
  const element = Type.Object({ [name]: Type.Integer() });
  const done = Type.Object({});
  return {
    add: clientStream({ request: element, response: done }),
    watch: serverStream({ request: done, response: element }),
  };
}

const history = ["count", "amount"].map((name, at) => ({
  ...freeze("shop", streamsOf(name)),
  release: `${at + 1}.0.0`,
  previous: null,
}));

const up = [{ step: "rename", at: "", from: "count", to: "amount" }] as const;
const down = [{ step: "rename", at: "", from: "amount", to: "count" }] as const;
const adapter: Adapter = {
  from: "1.0.0",
  to: "2.0.0",
  procedures: { add: { request: up }, watch: { response: down } },
};

type Items = AsyncIterable<unknown>;
/** What is done to each stream on its way, behind the back of whoever verifies. */
type Tamper = (items: Items) => Items;

interface Handlers {
  readonly add: (items: Items, context: object) => unknown;
  readonly watch: (request: object, context: object) => Items;
}

async function found(
  tamper: Partial<Record<keyof Handlers, Tamper>>,
  adapters: readonly Adapter[] = [adapter],
): Promise<readonly string[]> {
  const { add = same, watch = same } = tamper;
  const tampered: ServerKit = {
    createServer: kit.createServer,
    implement(contract, implementation) {
      const parts: Parameters<ServerKit["implement"]> = [contract, implementation];
      const own = implementation.handlers as unknown as Handlers; // those of this history
      const handlers: Handlers = {
        add: (items, context) => own.add(add(items), context),
        watch: (request, context) => watch(own.watch(request, context)),
      };
      return kit.implement(parts[0], { ...parts[1], handlers: { ...handlers } });
    },
  };
  const subject = { contract: "shop", history, adapters, derived: [] };
  const { findings } = await verifyContract(subject, tampered, { seed: 1, values: 6 });
  return findings.map(({ law, message }) => `${law}: ${message}`);
}

function same(items: Items): Items {
  return items;
}

async function* withoutLast(items: Items): Items {
  const all: unknown[] = [];
  for await (const item of items) all.push(item);
  yield* all.slice(0, -1);
}

async function* twice(items: Items): Items {
  for await (const item of items) yield* [item, item];
}

async function* backwards(items: Items): Items {
  const all: unknown[] = [];
  for await (const item of items) all.unshift(item);
  yield* all;
}

test("where a stream arrives as it was sent, nothing is found", async () => {
  expect(await found({})).toEqual([]);
});

test.each([
  ["loses the last item", withoutLast],
  ["says an item twice", twice],
  ["turns the order round", backwards],
])("a server that %s is found, in either direction", async (_what, tamper) => {
  for (const procedure of ["add", "watch"] as const)
    expect(await found({ [procedure]: tamper })).toContainEqual(expect.stringMatching(/^exact: /));
});

test("a stream that an adapter makes into another one each time may have any number of items", async () => {
  let made = 0;
  const counting: Adapter = {
    from: "1.0.0",
    to: "2.0.0",
    procedures: {
      add: { request: up },
      watch: {
        response: {
          stream: () => ({
            *item() {
              made += 1;
              yield* Array.from({ length: made % 5 }, () => ({ count: made }));
            },
          }),
        },
      },
    },
  };

  expect(await found({}, [counting])).toEqual([]);
});
