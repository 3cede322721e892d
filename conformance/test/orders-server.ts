/** A real server on a real port: orders in three releases, of which the oldest is below the floor. */
import {
  bidiStream,
  clientNotification,
  clientStream,
  ConcordatError,
  defineContract,
  type Draft,
  type ReleaseDocument,
  serverNotification,
  serverStream,
  unary,
} from "@concordat/core";
import { freeze, type Limits, type ServerContract } from "@concordat/core/internal";
import { createServer, implement, type Server } from "@concordat/server";
import { Type } from "typebox";

const place = unary({
  request: Type.Object({ sku: Type.String(), quantity: Type.Integer() }),
  response: Type.Object({ id: Type.String() }),
  errors: { out_of_stock: Type.Object({ left: Type.Integer() }) },
});
const watch = serverStream({
  request: Type.Object({ count: Type.Integer(), bytes: Type.Optional(Type.Integer()) }),
  response: Type.Object({ at: Type.Integer(), text: Type.String() }),
});
const upload = clientStream({ request: Type.String(), response: Type.Integer() });
const chat = bidiStream({ request: Type.String(), response: Type.String() });
const mirror = unary({ request: Type.Unknown(), response: Type.Unknown() });
const hang = unary({ request: Type.Object({}), response: Type.Null() });

/** Without handlers' types: what is tested here is the wire. */
const releases: readonly ReleaseDocument[] = history([
  ["1.0.0", freeze("orders", { place })],
  ["1.1.0", freeze("orders", { place, watch })],
  ["1.2.0", freeze("orders", { place, watch, upload, chat, mirror, hang })],
]);

/** A second contract: what is told and not answered. */
export const news = defineContract("news", {
  seen: clientNotification({ message: Type.String() }),
  changed: serverNotification({ message: Type.String() }),
});

const contract: ServerContract<object> = { name: "orders", history: releases };

/** What the handlers heard of callers who gave up. */
export const aborted: string[] = [];

const handlers = {
  place({ sku, quantity }: { sku: string; quantity: number }) {
    if (sku !== "A-0") return { id: `o-${sku}-${quantity}`, undeclared: true };
    throw new ConcordatError("failed_precondition", "Sold out.", {
      detail: { name: "out_of_stock", value: { left: 0 } },
      retryAfterMs: 60_000,
    });
  },
  async *watch({ count, bytes = 1 }: { count: number; bytes?: number }) {
    for (let at = 0; at < count; at += 1) yield { at, text: "x".repeat(bytes) };
  },
  async upload(texts: AsyncIterable<string>) {
    let length = 0;
    for await (const text of texts) length += text.length;
    return length;
  },
  async *chat(texts: AsyncIterable<string>) {
    for await (const text of texts) yield text.toUpperCase();
  },
  mirror: (value: unknown) => value,
  async hang(_request: object, { signal }: { signal: AbortSignal }) {
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    aborted.push(String(signal.reason));
    return null;
  },
};

/** A server that listens, and where. */
export interface Listening {
  readonly server: Server;
  readonly url: string;
  readonly port: number;
}

/** Starts one. Whoever starts it closes it. */
export async function ordersServer(
  options: { readonly limits?: Partial<Limits>; readonly refuseAt?: "close" | "upgrade" } = {},
): Promise<Listening> {
  const server = createServer({
    services: [
      implement(contract, {
        handlers,
        floor: "1.1.0",
        upgradeUrl: "https://example.com/app",
        notices: { "1.1.0": { sunset: "2027-01-31", message: "Please update." } },
      }),
      implement(news, {
        handlers: {
          seen: (text, context) => void context.notify(news).changed(text.toUpperCase()),
        },
      }),
    ],
    authenticate: ({ credentials }) => {
      if (credentials === "wrong")
        throw new ConcordatError("unauthenticated", "Nobody has this password.");
    },
    log: () => undefined,
    ...options,
  });
  const port = await server.listen(0, { host: "127.0.0.1" });
  return { server, port, url: `ws://127.0.0.1:${port}/` };
}

/** The offer of one release. */
export function offer(release: string): { readonly release: string; readonly fingerprint: string } {
  const fingerprint = releases.find((document) => document.release === release)?.fingerprint;
  return { release, fingerprint: fingerprint ?? `sha256:${"0".repeat(64)}` };
}

function history(drafts: readonly (readonly [string, Draft])[]): readonly ReleaseDocument[] {
  return drafts.map(([release, draft], at) => ({
    ...draft,
    release,
    previous: drafts[at - 1]?.[1].fingerprint ?? null,
  }));
}
