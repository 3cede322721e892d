/** The way by a pipe that the application opens: a worker, an iframe, memory, a socket of its own. */
import { ConcordatError } from "@concordat/core";
import type { Transport } from "@concordat/core/transport";
import type { Way } from "./dial.ts";

/** Makes the way. A pipe that comes too late is closed. */
export function pipeWay(connect: () => Transport | Promise<Transport>): Way {
  return {
    asked: connect,
    open(pipe, ear) {
      if (!isTransport(pipe)) {
        const message =
          'The function "connect" of the client returned no transport; wrap what it opens with ' +
          '"messagePortTransport" or "webSocketTransport" of @concordat/core/transport.';
        throw new ConcordatError("invalid_argument", message);
      }
      ear.opened(pipe);
      return () => undefined; // it is open already, and its owner's
    },
    discard(pipe) {
      try {
        if (isTransport(pipe)) pipe.close(1000, "");
      } catch {
        // Nobody waits for it: what it throws would end the process.
      }
    },
  };
}

function isTransport(pipe: unknown): pipe is Transport {
  return (
    typeof pipe === "object" &&
    pipe !== null &&
    ["send", "close", "listen"].every((name) => typeof Reflect.get(pipe, name) === "function")
  );
}
