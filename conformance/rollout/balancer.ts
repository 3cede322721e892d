/** A plain TCP balancer: round robin, and no idea of what it carries. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** A balancer on a port of its own. */
export class Balancer {
  readonly #ports: number[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((socket) => this.#carry(socket));
  #next = 0;

  /** Listens, and returns the port. */
  listen(): Promise<number> {
    return new Promise((resolve) => {
      this.#server.listen(0, "127.0.0.1", () => {
        resolve((this.#server.address() as AddressInfo).port); // of a TCP server that listens
      });
    });
  }

  /** New connections go to this port too. */
  add(port: number): void {
    this.#ports.push(port);
  }

  /** New connections do not go there any more; those that are there stay. */
  remove(port: number): void {
    this.#ports.splice(this.#ports.indexOf(port), 1);
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #carry(near: Socket): void {
    const port = this.#ports[this.#next % this.#ports.length];
    this.#next += 1;
    if (port === undefined) return void near.destroy();
    const far = connect(port, "127.0.0.1");
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
    return undefined;
  }
}
