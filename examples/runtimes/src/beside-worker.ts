/** A client whose server is a worker: one port for each connection. */
import { type Client, createClient } from "@concordat/client";
import { messagePortTransport } from "@concordat/core/transport";

import { greeter } from "./greeter.ts";

export function clientOf(worker: Worker): Client<{ readonly greeter: typeof greeter }> {
  return createClient({
    connect() {
      const { port1, port2 } = new MessageChannel();
      worker.postMessage("connect", [port2]);
      return messagePortTransport(port1);
    },
    contracts: { greeter },
  });
}
