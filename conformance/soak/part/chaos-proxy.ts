/** A TCP proxy that does to connections what networks do, from one seed. */
import { connect, createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { seededRandom, type SeededRandom } from "@concordat/testing";
import { pause } from "../../pause.ts";

/** What happens to one connection. */
interface Fate {
  /** After so many bytes, in both directions together, it is cut; at any byte of any frame. */
  readonly cutAfterBytes: number;
  /** With a reset, or with an end like any other. */
  readonly resets: boolean;
  /** How long each piece is under way. */
  readonly latencyMs: number;
  /** So many of the first bytes of each direction travel one at a time. */
  readonly trickledBytes: number;
}

/** The proxy. */
export class ChaosProxy {
  /** What was done so far. */
  readonly counts = { connections: 0, cuts: 0, trickled: 0, delayed: 0, blackholes: 0 };
  readonly #random: SeededRandom;
  readonly #targetPort: () => number;
  readonly #server: Server;
  readonly #open = new Set<Socket>();
  /** Connections that were there when a blackhole began carry nothing any more, and are not told. */
  #hole = { ends: 0, swallows: new Set<Socket>() };
  #isHealed = false;

  /** @param targetPort Where it leads to now: the server may have been started again. */
  constructor(seed: number, targetPort: () => number) {
    this.#random = seededRandom(seed);
    this.#targetPort = targetPort;
    this.#server = createServer((near) => this.#accept(near));
  }

  /** Listens; returns the port. */
  async listen(): Promise<number> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    return (this.#server.address() as { port: number }).port; // it listens on TCP
  }

  /** Nothing passes for so long, on the connections that are open now; nobody is told. */
  blackhole(ms: number): void {
    this.counts.blackholes += 1;
    this.#hole = { ends: performance.now() + ms, swallows: new Set(this.#open) };
  }

  /** Cuts every connection now. */
  cutAll(): void {
    for (const socket of this.#open) this.#cut(socket, true);
  }

  /** From now on it is a proxy like any other. */
  heal(): void {
    this.#isHealed = true;
    this.cutAll();
  }

  close(): void {
    for (const socket of this.#open) socket.destroy();
    this.#server.close();
  }

  #accept(near: Socket): void {
    const fate = this.#fate();
    const far = connect({ port: this.#targetPort(), host: "127.0.0.1" });
    this.counts.connections += 1;
    if (fate.trickledBytes > 0) this.counts.trickled += 1;
    if (fate.latencyMs > 0) this.counts.delayed += 1;
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.#open.add(socket);
      socket.setNoDelay(true);
      socket.on("error", () => undefined); // its close follows
      socket.on("close", () => {
        this.#open.delete(socket);
        other.destroy();
      });
    }
    let passed = 0;
    const pass = (from: Socket, to: Socket): void => {
      void this.#carry(from, to, fate, (bytes) => {
        const room = fate.cutAfterBytes - passed;
        passed += bytes;
        return room;
      });
    };
    pass(near, far);
    pass(far, near);
  }

  async #carry(
    from: Socket,
    to: Socket,
    fate: Fate,
    spend: (bytes: number) => number,
  ): Promise<void> {
    let left = fate.trickledBytes;
    const chunks: AsyncIterable<Buffer> = from; // no encoding is set
    try {
      for await (const chunk of chunks) {
        if (fate.latencyMs > 0) await pause(fate.latencyMs);
        await this.#throughHole(from);
        const room = this.#isHealed ? Infinity : spend(chunk.length);
        const part = chunk.subarray(0, Math.max(0, room));
        const slow = part.subarray(0, left);
        left -= slow.length;
        for (const byte of slow) {
          to.write(Buffer.of(byte));
          await new Promise((resolve) => setImmediate(resolve));
        }
        const rest = part.subarray(slow.length);
        if (rest.length > 0 && !to.write(rest))
          await Promise.race([once(to, "drain"), once(to, "close")]);
        if (part.length < chunk.length) {
          this.counts.cuts += 1;
          to.end(() => this.#cut(from, fate.resets)); // what has passed arrives
          return;
        }
      }
      to.end();
    } catch {
      to.destroy();
    }
  }

  #cut(socket: Socket, resets: boolean): void {
    if (resets) socket.resetAndDestroy();
    else socket.destroy();
  }

  /** Where a hole has opened meanwhile, waits until it closes. */
  async #throughHole(socket: Socket): Promise<void> {
    while (this.#hole.swallows.has(socket)) {
      const ms = this.#hole.ends - performance.now();
      if (ms <= 0) return;
      await pause(ms);
    }
  }

  #fate(): Fate {
    const random = this.#random;
    const isInHandshake = random() < 0.25;
    return {
      cutAfterBytes: this.#isHealed
        ? Infinity
        : Math.floor(random() * (isInHandshake ? 1_800 : 30_000)),
      resets: random() < 0.5,
      latencyMs: random() < 0.3 ? Math.ceil(random() * 40) : 0,
      trickledBytes: random() < 0.2 ? 1_500 : 0,
    };
  }
}
