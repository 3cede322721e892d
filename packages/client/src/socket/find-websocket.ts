/** The WebSocket to dial with: the one that was given, or the platform's. */
import { ConcordatError } from "@concordat/core";
import type { WebSocketConstructor } from "./websocket-shape.ts";

/**
 * The platform's WebSocket where none was given.
 *
 * @throws ConcordatError `failed_precondition` where there is none, as in Node before 22.
 */
export function findWebSocket(given: WebSocketConstructor | undefined): WebSocketConstructor {
  if (given !== undefined) return given;
  const found: unknown = Reflect.get(globalThis, "WebSocket");
  // A platform that has this global has the standard's; its instances are used through their shape only.
  if (typeof found === "function") return found as WebSocketConstructor;
  throw new ConcordatError(
    "failed_precondition",
    'This platform has no global WebSocket (Node has one from 22 on): install "ws", write ' +
      '`import WebSocket from "ws"` and pass it as `createClient({ WebSocket, … })`.',
  );
}
