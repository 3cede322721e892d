/** A TCP relay between a client and a server that counts what passes in each direction, and can take its time. */
import { once } from "node:events";
import { connect, createServer } from "node:net";

/** Bytes on the wire, or a line as long as one likes, for every peer in the same way. */
export class Tap {
  up = 0;
  down = 0;
  #server;

  /**
   * @param {number} port Where the server listens.
   * @param {number} lineMs What a piece of data takes from one side to the other. A TCP connection is made at once.
   */
  static async before(port, lineMs) {
    const tap = new Tap(port, lineMs);
    tap.#server.listen(0, "127.0.0.1");
    await once(tap.#server, "listening");
    return tap;
  }

  constructor(port, lineMs) {
    this.#server = createServer((client) => {
      const server = connect(port, "127.0.0.1");
      for (const socket of [client, server]) {
        socket.setNoDelay(true);
        socket.on("error", () => undefined);
      }
      client.on("data", (data) => (this.up += data.length));
      server.on("data", (data) => (this.down += data.length));
      if (lineMs === 0) client.pipe(server).pipe(client);
      else {
        carry(client, server, lineMs);
        carry(server, client, lineMs);
      }
    });
  }

  get port() {
    return this.#server.address().port;
  }

  close() {
    this.#server.close();
  }
}

/** Timers of the same length end in the order in which they began. */
function carry(from, to, lineMs) {
  from.on("data", (data) => setTimeout(() => to.write(data), lineMs));
  from.on("close", () => setTimeout(() => to.end(), lineMs));
}
