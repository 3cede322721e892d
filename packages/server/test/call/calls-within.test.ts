/** What a handler's own calls end with is the business of this server: its caller hears what was written for it. */
import { createClient } from "@concordat/client";
import {
  clientNotification,
  ConcordatError,
  defineContract,
  serverNotification,
  unary,
} from "@concordat/core";
import { memoryTransports, settle } from "@concordat/testing";
import { Type } from "typebox";
import { describe, expect, test } from "vitest";

import { createServer, implement, type Server } from "../../src/index.ts";
import { type CallReport, reportCalls } from "../../src/middleware/report.ts";
import { shop, type ShopHandlers, shopHandlers } from "../fixture/shop.ts";
import { Stage } from "../fixture/stage.ts";

const depot = defineContract("depot", {
  reserve: unary({ request: Type.Object({ sku: Type.String() }), response: Type.Boolean() }),
  wait: unary({ request: Type.Null(), response: Type.Null() }),
  seen: clientNotification({ message: Type.Object({ sku: Type.String() }) }),
});

const board = defineContract("board", {
  posted: serverNotification({ message: Type.Object({ text: Type.String() }) }),
});

/** What the handler of the shop calls on. */
interface Others {
  readonly depot: Depot["depot"];
  readonly close: Depot["close"];
  readonly board: ReturnType<typeof boardOf>;
}

function boardOf(server: Server) {
  return server.notify(board);
}

/** A shop whose handler asks a depot, which never answers `wait`. */
function shopWithDepot(
  greet: (ask: Others, ...given: Parameters<ShopHandlers["greet"]>) => unknown,
) {
  const reports: CallReport[] = [];
  const stage = new Stage({
    services: [
      implement(shop, {
        handlers: shopHandlers({
          async greet(...given) {
            await greet(
              { depot: client.depot, close: () => client.close(), board: boardOf(stage.server) },
              ...given,
            );
            return { text: "well" };
          },
        }),
      }),
      implement(board, { handlers: {} }),
    ],
    middleware: [reportCalls((report) => void reports.push(report))],
  });
  const { clock } = stage;
  const handlers = {
    reserve: () => true,
    wait: () => new Promise<null>(() => undefined),
    seen: () => undefined,
  };
  const back = createServer({ clock, services: [implement(depot, { handlers })] });
  const client = createClient({
    clock,
    contracts: { depot },
    connect() {
      const [near, far] = memoryTransports();
      back.accept(far);
      return near;
    },
  });
  return { stage, clock, reports };
}

type Depot = ReturnType<typeof createClient<{ depot: typeof depot }>>;

/** What does not match, as a caller without a compiler would say it. */
const wrong = { sku: 5, text: 5 } as unknown as { readonly sku: string; readonly text: string };

describe("of a call within a call that the handler lets through, its caller hears nothing but that it failed:", () => {
  test.each<[string, (ask: Others) => unknown]>([
    ["a request that does not match", (ask) => ask.depot.reserve(wrong)],
    ["a notification that does not match", (ask) => ask.depot.seen(wrong)],
    ["what is told to others and does not match", (ask) => ask.board.posted(wrong)],
    ["an option that is none", (ask) => ask.depot.wait(null, { timeoutMs: Number.NaN })],
    ["a signal of its own", (ask) => ask.depot.wait(null, { signal: AbortSignal.abort() })],
    ["a client that was closed", (ask) => ask.close().then(() => ask.depot.reserve({ sku: "" }))],
  ])("%s", async (_title, act) => {
    const { stage, reports } = shopWithDepot((ask) => act(ask));
    const error = await stage.caller().unary("shop/greet", { name: "" }).error;

    expect(error).toMatchObject({ code: "internal" });
    expect(error.message).not.toMatch(/depot|board/);
    expect(stage.logged("handler-failed")).toMatchObject([{ cause: { name: "ConcordatError" } }]);
    expect(reports).toMatchObject([{ outcome: "internal" }]);
  });
});

test.each([
  ["the deadline that it has from the call around it", {}, 50],
  ["one of its own", { timeoutMs: 40 }, 1_000],
])(
  "where a call within a call ends with %s, the caller hears that time was up, and the log nothing",
  async (_title, options, timeoutMs) => {
    const { stage, clock, reports } = shopWithDepot((ask, _, context) =>
      ask.depot.wait(null, { within: context, ...options }),
    );
    const call = stage.caller().unary("shop/greet", { name: "" }, { timeoutMs });
    await settle();
    await clock.advance(50);
    const error = await call.error;
    await settle();

    expect(error).toMatchObject({ code: "deadline_exceeded" });
    expect(error.message).not.toContain("depot");
    expect(stage.log).toEqual([]);
    expect(reports).toMatchObject([{ outcome: "deadline_exceeded" }]);
  },
);

test("what a handler says of it in its own words reaches its caller", async () => {
  const { stage } = shopWithDepot(async (ask) => {
    const cause: unknown = await ask.depot.reserve(wrong).catch((error) => error);
    throw new ConcordatError("unavailable", "The depot is away.", { cause });
  });
  const error = await stage.caller().unary("shop/greet", { name: "" }).error;

  expect(error).toMatchObject({ code: "unavailable", rawMessage: "The depot is away." });
  expect(stage.log).toEqual([]);
});
