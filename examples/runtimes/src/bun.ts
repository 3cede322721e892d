/** The service on Bun, whose sockets tell what happens by calls. */
import { CallbackTransport } from "@concordat/core/transport";
import { createServer, type UpgradeGranted } from "@concordat/server/portable";

import { service } from "./greeter.ts";

/** What Bun keeps beside each socket. */
interface Visit {
  readonly upgrade: UpgradeGranted;
  pipe?: CallbackTransport;
}

const server = createServer({ services: [service] });

Bun.serve<Visit>({
  port: 7000,
  fetch(request, bun) {
    const upgrade = server.upgrade(request, bun.requestIP(request)?.address);
    if (upgrade.status !== 101) return new Response(upgrade.body, upgrade);
    const headers = { "Sec-WebSocket-Protocol": upgrade.protocol };
    if (bun.upgrade(request, { data: { upgrade }, headers })) return undefined;
    return new Response("This address speaks WebSocket.\n", { status: 426 });
  },
  websocket: {
    maxPayloadLength: 1_048_576, // the limit "messageBytes"
    open(socket) {
      const pipe = new CallbackTransport({
        send: (message) => void socket.send(message),
        close: (code, reason) => socket.close(code, reason),
        bufferedBytes: () => socket.getBufferedAmount(),
      });
      socket.data.pipe = pipe;
      socket.data.upgrade.accept(pipe);
    },
    message: (socket, message) => socket.data.pipe?.message(message),
    close: (socket, code, reason) => socket.data.pipe?.closed(code, reason),
  },
});
