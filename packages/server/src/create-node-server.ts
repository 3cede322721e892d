/** Makes a server from its options, in Node. */
import { serverParts } from "./create-server.ts";
import type { ServerOptions } from "./server-options.ts";
import { NodeServer } from "./node-server.ts";

/**
 * Makes a server. It does nothing until `listen`, `attach`, `upgrade` or `accept`.
 *
 * @throws Error when two services have the same contract; RangeError for a limit that is no positive whole number,
 * or another option that is none of its values.
 */
export function createServer(options: ServerOptions): NodeServer {
  return new NodeServer(serverParts(options));
}
