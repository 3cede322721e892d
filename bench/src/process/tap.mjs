/** A TCP relay between a client and a server that counts what passes in each direction. */
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** Bytes on the wire, for every peer in the same way. */
export class Tap {
  up = 0;
  down = 0;
  #server;

  /** @param {number} port Where the server listens. */
  static async before(port) {
    const tap = new Tap(port);
    tap.#server.listen(0, "127.0.0.1");
    await once(tap.#server, "listening");
    return tap;
  }

  constructor(port) {
    this.#server = createServer((client) => {
      const server = connect(port, "127.0.0.1");
      for (const socket of [client, server]) {
        socket.setNoDelay(true);
        socket.on("error", () => undefined);
      }
      client.on("data", (data) => (this.up += data.length));
      server.on("data", (data) => (this.down += data.length));
      client.pipe(server).pipe(client);
    });
  }

  get port() {
    return this.#server.address().port;
  }

  close() {
    this.#server.close();
  }
}
