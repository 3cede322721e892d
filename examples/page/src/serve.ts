/** One HTTP server for the pages and for their calls. */
import { createServer as createHttpServer, type Server } from "node:http";
import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { createServer, implement } from "@concordat/server";

import { bundle } from "./bundle.ts";
import { orders } from "./generated/orders/server.ts";

const files = fileURLToPath(new URL("../public/", import.meta.url));

/** Forbids scripts from elsewhere, inline scripts, and `eval`. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";

/** Where the pages are, and how to stop serving them. */
export interface Pages {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves the pages on a port, 0 for any that is free. */
export async function servePages(port: number): Promise<Pages> {
  const contents = new Map([
    ["/", page("index.html", "text/html; charset=utf-8")],
    ["/old", page("old.html", "text/html; charset=utf-8")],
    ["/cached", page("cached.html", "text/html; charset=utf-8")],
    ["/page.css", page("page.css", "text/css; charset=utf-8")],
    ["/current.js", { type: "text/javascript", body: await bundle("current") }],
    ["/old.js", { type: "text/javascript", body: await bundle("old") }],
    ["/cached.js", { type: "text/javascript", body: await bundle("cached") }],
  ]);
  const http = createHttpServer((request, response) => {
    const content = contents.get(request.url ?? "/");
    response.writeHead(content === undefined ? 404 : 200, {
      "Content-Type": content?.type ?? "text/plain",
      "Content-Security-Policy": policy,
    });
    response.end(content?.body ?? "There is no such page.\n");
  });
  const url = `http://localhost:${await listen(http, port)}`;
  const rpc = ordersServer(url);
  rpc.attach(http, { path: "/rpc" });
  return {
    url,
    async close() {
      await rpc.close({ withinMs: 0 });
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
    },
  };
}

function ordersServer(upgradeUrl: string): ReturnType<typeof createServer> {
  let placed = 0;
  return createServer({
    services: [
      implement(orders, {
        floor: "2.0.0",
        upgradeUrl,
        handlers: {
          place({ sku, quantity, currency }) {
            placed += 1;
            const total = { amount: quantity * 1_250, currency };
            return { id: `order-${placed}`, sku, quantity, total };
          },
          async *watch({ order }) {
            for (const status of ["placed", "packed", "shipped"] as const) yield { order, status };
          },
        },
      }),
    ],
  });
}

function page(name: string, type: string): { readonly type: string; readonly body: string } {
  return { type, body: readFileSync(files + name, "utf8") };
}

async function listen(http: Server, port: number): Promise<number> {
  await new Promise<void>((listening) => http.listen(port, listening));
  return (http.address() as AddressInfo).port; // a server that listens on a port has such an address
}
