/** The types of a client: those of its contracts, whatever else it holds. */
import type { ConcordatError, Items } from "@concordat/core";
import type { ClientContract } from "@concordat/core/internal";
import type { Transport } from "@concordat/core/transport";
import { expectTypeOf, test } from "vitest";
import {
  type CallOptions,
  type Client,
  type ClientState,
  createClient,
  optional,
  type UpgradeRequiredError,
} from "../src/index.ts";
import { shop } from "./fixture/shop.ts";

/** What a generated stub looks like. */
interface OrdersClient {
  readonly place: (request: { sku: string }, options?: CallOptions) => Promise<{ id: string }>;
  readonly tools: { readonly list: (request: {}) => AsyncIterable<string> };
}
declare const orders: ClientContract<OrdersClient>;

const client = createClient({
  url: "ws://x",
  contracts: { shop, orders, extra: optional(orders) },
});

declare const connect: () => Transport;

test("each kind of procedure has its own signature", () => {
  expectTypeOf(client.shop.place).parameter(0).toEqualTypeOf<{ sku: string; quantity: number }>();
  expectTypeOf(client.shop.place).parameter(1).toEqualTypeOf<CallOptions | undefined>();
  expectTypeOf(client.shop.place).returns.resolves.toEqualTypeOf<{ id: string }>();
  expectTypeOf(client.shop.watch).returns.toEqualTypeOf<AsyncIterable<number>>();
  expectTypeOf(client.shop.stock.add).parameter(0).toEqualTypeOf<Items<number>>();
  expectTypeOf(client.shop.stock.add).returns.resolves.toEqualTypeOf<number>();
  expectTypeOf(client.shop.stock.chat).returns.toEqualTypeOf<AsyncIterable<string>>();
});

test("a generated stub's interface is the type of its property, also where it is optional", () => {
  expectTypeOf(client.orders).toExtend<OrdersClient>();
  expectTypeOf(client.extra).toExtend<OrdersClient>();
  expectTypeOf(client.orders.place).toEqualTypeOf<OrdersClient["place"]>();
});

test("supports takes the names of procedures, as they travel", () => {
  expectTypeOf(client.orders.supports).parameter(0).toEqualTypeOf<"place" | "tools/list">();
  expectTypeOf(client.orders.supports).returns.toEqualTypeOf<boolean>();
});

test("a wrong request, and a procedure that is not there, are errors", () => {
  // @ts-expect-error a quantity is missing
  const call = client.shop.place({ sku: "A-1" });
  expectTypeOf(call).resolves.toEqualTypeOf<{ id: string }>();
  expectTypeOf(client.shop).not.toHaveProperty("refund");
});

test("a client says where its server is, or how to connect, and not both", () => {
  expectTypeOf(createClient({ connect, contracts: { shop } }).shop.place).toBeFunction();
  // @ts-expect-error neither
  createClient({ contracts: { shop } });
  // @ts-expect-error both
  createClient({ url: "ws://x", connect, contracts: { shop } });
});

test("a key that the client has itself is an error", () => {
  // @ts-expect-error "connect" is taken
  const taken = createClient({ url: "ws://x", contracts: { connect: shop } });
  expectTypeOf(taken).toHaveProperty("state");
  // @ts-expect-error "then" would make a promise of the client
  createClient({ url: "ws://x", contracts: { then: shop } });
});

test("listeners are given what their event carries", () => {
  client.on("state", (state) => expectTypeOf(state).toEqualTypeOf<ClientState>());
  client.on("upgradeRequired", (error) => {
    expectTypeOf(error).toEqualTypeOf<UpgradeRequiredError>();
    expectTypeOf(error).toExtend<ConcordatError>();
  });
  // @ts-expect-error there is no such event
  client.on("upgrade", () => undefined);
});

test("a client can be named in a signature", () => {
  expectTypeOf(client).toExtend<Client<{ shop: typeof shop }>>();
});
