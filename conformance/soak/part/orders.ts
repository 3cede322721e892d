/** The contract that the golden frames call, and a server of it. */
import {
  bidiStream,
  clientStream,
  defineContract,
  type Limits,
  serverStream,
  unary,
} from "@concordat/core";
import {
  announce,
  type Encoding,
  encodings,
  helloToText,
  limitsWith,
} from "@concordat/core/internal";
import { createServer, implement, type Server } from "@concordat/server";
import { Type } from "typebox";

export const orders = defineContract("orders", {
  place: unary({
    request: Type.Object({ sku: Type.String(), quantity: Type.Integer() }),
    response: Type.Object({ id: Type.String() }),
  }),
  watch: serverStream({
    request: Type.Object({ count: Type.Integer(), bytes: Type.Optional(Type.Integer()) }),
    response: Type.Object({ at: Type.Integer(), text: Type.String() }),
  }),
  upload: clientStream({ request: Type.String(), response: Type.Integer() }),
  chat: bidiStream({ request: Type.String(), response: Type.String() }),
  mirror: unary({ request: Type.Unknown(), response: Type.Unknown() }),
  hang: unary({ request: Type.Object({}), response: Type.Null() }),
});

/** Serves orders; nobody's memory of them is kept. */
export function ordersServer(limits: Partial<Limits>): Server {
  return createServer({
    limits,
    log: () => undefined,
    services: [
      implement(orders, {
        handlers: {
          place: ({ sku, quantity }) => ({ id: `o-${sku}-${quantity}` }),
          async *watch({ count, bytes = 1 }) {
            const text = "x".repeat(Math.min(Math.max(bytes, 0), 60_000));
            for (let at = 0; at < count; at += 1) yield { at, text };
          },
          async upload(texts) {
            let length = 0;
            for await (const text of texts) length += text.length;
            return length;
          },
          async *chat(texts) {
            for await (const text of texts) yield text.toUpperCase();
          },
          mirror: (value) => value,
          async hang(_request, { signal }) {
            await new Promise((resolve) =>
              signal.addEventListener("abort", resolve, { once: true }),
            );
            return null;
          },
        },
      }),
    ],
  });
}

/** A hello that this server accepts. */
export const ordersHello = helloIn("msgpack", []);

const hostileHellos = encodings.flatMap((encoding) => [
  helloIn(encoding, []),
  helloIn(encoding, ["resume"]),
]);

/** One in any encoding, of a client that may come back to its session and never does. */
export function hostileHello(random: () => number): string {
  return hostileHellos[Math.floor(random() * hostileHellos.length)] ?? ordersHello;
}

function helloIn(encoding: Encoding, capabilities: readonly string[]): string {
  return helloToText(
    {
      wire: [1],
      encodings: [encoding],
      client: { name: "hostile" },
      contracts: [{ name: "orders", offers: orders.offers, optional: false }],
      auth: undefined,
      capabilities,
      limits: announce((name) => limitsWith()[name]),
    },
    "soak",
  );
}
