/** How long a connection to a port of the server's own may take to ask for something. */
import type { Server as HttpServer } from "node:http";
import type { Socket } from "node:net";
import { type Clock, Patience } from "@concordat/core/internal";

const timedOut = "HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

/**
 * Answers 408 to every connection whose request is not complete within `limitMs`.
 *
 * Node has a limit of its own, which counts the time in which this process did not read: after a restart, when all
 * clients of a server dial at once, it turned down those whose requests waited in their sockets.
 */
export class RequestPatience {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #callOffs = new WeakMap<Socket, () => void>();
  /** One listener for all: each socket would keep one of its own as long as it is open. */
  readonly #closed: (this: Socket) => void;

  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
    const heard = (socket: Socket): void => this.heard(socket);
    this.#closed = function closed() {
      heard(this);
    };
  }

  /** Watches all connections of `http`. Of upgrades it has to be told: who listens to them is asked about by others. */
  watch(http: HttpServer): void {
    http.maxRequestsPerSocket = 1; // or somebody would have to watch for the second one
    http.on("connection", (socket) => {
      socket.on("close", this.#closed);
      this.#wait(socket, new Patience(this.#limitMs, this.#clock.now()));
    });
    http.on("request", ({ socket }) => this.heard(socket));
  }

  /** The request is complete, or will never be. */
  heard(socket: Socket): void {
    this.#callOffs.get(socket)?.();
    this.#callOffs.delete(socket);
    socket.off("close", this.#closed);
  }

  #wait(socket: Socket, patience: Patience): void {
    const callOff = this.#clock.wakeAt(patience.wakeAt, () => {
      if (!patience.isOver(this.#clock.now())) return this.#wait(socket, patience);
      socket.once("finish", () => socket.destroy());
      socket.end(timedOut);
      return undefined;
    });
    this.#callOffs.set(socket, callOff);
  }
}
