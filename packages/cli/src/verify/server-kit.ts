/** What is needed of the server package: handed in, because the command loads it only where it is needed. */
import type { createServer, implement } from "@concordat/server/portable";

/** Makes services and servers. */
export interface ServerKit {
  readonly createServer: typeof createServer;
  readonly implement: typeof implement;
}
