/** A WebSocket that remembers what came over the wire, so that the demonstration need not believe the client. */
import type { WebSocketConstructor } from "@concordat/client";
import { WebSocket } from "ws";

/** What is known of all sockets that one client opened. */
export interface SocketWatch {
  /** How many there were. */
  dials: number;
  /** How the first one that ended by itself did: `HTTP 426`, `close 4426`; an empty text before. */
  ended: string;
  /** The class to give to `createClient`. */
  readonly WebSocket: WebSocketConstructor;
}

/** Makes a watch. */
export function watchSockets(): SocketWatch {
  class WatchedWebSocket extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols);
      watch.dials += 1;
      this.on("unexpected-response", (_request, { statusCode = 0 }) => {
        watch.ended ||= `HTTP ${statusCode}`;
      });
      this.on("close", (code) => {
        watch.ended ||= `close ${code}`;
      });
    }
  }
  const watch: SocketWatch = { dials: 0, ended: "", WebSocket: WatchedWebSocket };
  return watch;
}
