/** The service on Deno. */
import { webSocketTransport } from "@concordat/core/transport";
import { createServer } from "@concordat/server/portable";

import { service } from "./greeter.ts";

const server = createServer({ services: [service] });

Deno.serve({ port: 7000 }, (request, { remoteAddr }) => {
  const upgrade = server.upgrade(request, remoteAddr.hostname);
  if (upgrade.status !== 101) return new Response(upgrade.body, upgrade);
  const { socket, response } = Deno.upgradeWebSocket(request);
  // Not with its option "protocol": that one throws where a client writes the list without spaces, as `ws` does.
  response.headers.set("Sec-WebSocket-Protocol", upgrade.protocol);
  socket.addEventListener("open", () => upgrade.accept(webSocketTransport(socket)));
  return response;
});
