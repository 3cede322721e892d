/** Clients of stubs, connected to servers within the program. */
import type { ReleaseDocument } from "@concordat/core";
import type { ClientContract } from "@concordat/core/internal";
import { memoryTransports, type Transport } from "@concordat/core/transport";
import { type ClientLife, createClient } from "@concordat/client";
import { createServer, implement, type Server } from "@concordat/server/portable";
import { onTestFinished } from "vitest";

/** A handler, whatever it takes. */
export type Handler = (request: unknown) => unknown;

/** The functions of a contract, whatever they take. */
export interface Orders {
  readonly [procedure: string]: (request: unknown) => Promise<unknown>;
}

function never(): never {
  throw new Error("Nobody should have called this.");
}

/** A server that has these releases only. What has no handler is never called. */
export function serverOf(
  history: readonly ReleaseDocument[],
  handlers: { readonly [procedure: string]: Handler },
): Server {
  const names = Object.entries(history.at(-1)?.procedures ?? {});
  const handled = names.filter(([, { kind }]) => kind !== "serverNotification");
  const service = implement<object>(
    { name: "orders", history },
    { handlers: Object.fromEntries(handled.map(([name]) => [name, handlers[name] ?? never])) },
  );
  const server = createServer({ services: [service], log: () => undefined });
  onTestFinished(() => server.close({ withinMs: 10 }));
  return server;
}

/** A client of a stub. Each of its connections goes to the next server, or to the last. */
export function clientTo(
  contract: ClientContract<unknown>,
  ...servers: readonly Server[]
): {
  readonly client: ClientLife;
  readonly orders: Orders;
  /** Cuts the connection that is open. */
  readonly cut: () => void;
} {
  let dials = 0;
  let last: Transport | undefined;
  const connect = (): Transport => {
    const [near, far] = memoryTransports();
    servers[Math.min(dials, servers.length - 1)]?.accept(far);
    dials += 1;
    last = far;
    return near;
  };
  const client = createClient({
    connect,
    contracts: { orders: contract },
    backoff: { firstMs: 1, capMs: 1 },
  });
  onTestFinished(() => client.close());
  // Its functions are made of the list of procedures that the stub has.
  return { client, orders: client.orders as unknown as Orders, cut: () => last?.close(1001, "") };
}
