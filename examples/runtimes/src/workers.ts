/** The service on Cloudflare Workers: in a Durable Object, because all its connections share one server. */
import { webSocketTransport } from "@concordat/core/transport";
import { createServer } from "@concordat/server/portable";

import { service } from "./greeter.ts";
import type { DurableObjectNamespace } from "./types/workers.ts";

/** Holds the connections. */
export class Greeter {
  readonly #server = createServer({ services: [service] });

  fetch(request: Request): Response {
    const address = request.headers.get("cf-connecting-ip") ?? undefined;
    const upgrade = this.#server.upgrade(request, address);
    if (upgrade.status !== 101) return new Response(upgrade.body, upgrade);
    const { 0: client, 1: socket } = new WebSocketPair();
    socket.accept();
    upgrade.accept(webSocketTransport(socket));
    const headers = { "Sec-WebSocket-Protocol": upgrade.protocol };
    return new Response(null, { status: 101, webSocket: client, headers });
  }
}

/** What `wrangler.toml` binds. */
interface Bindings {
  readonly GREETER: DurableObjectNamespace;
}

export default {
  fetch(request: Request, { GREETER }: Bindings): Promise<Response> {
    return GREETER.get(GREETER.idFromName("all")).fetch(request);
  },
};
