/** Reads along at the servers' doors: which connection carries which session. */
import type { Transport, TransportListener } from "@concordat/core/internal";

/** As much of hello and welcome as tells a session. */
interface Handshake {
  readonly concordat: string;
  readonly resume?: { readonly token: string };
  readonly session?: { readonly token: string; readonly received?: number };
}

/** Who came where, and what it showed. */
interface Arrival {
  readonly address: string;
  readonly presented: string | undefined;
  readonly server: number;
}

/** The sessions of one run, numbered in the order in which they began. */
export class SessionWitness {
  readonly #byToken = new Map<string, number>();
  readonly #byAddress = new Map<string, number>();
  /** The connection that has, or had, each session. */
  readonly #addresses: string[] = [];
  /** The server that each session is on, and who its client is. */
  readonly #servers: number[] = [];
  readonly #principals: unknown[] = [];
  readonly #seen: string[];
  #connections = 0;

  /** @param seen Where violations go at the moment when they are seen. */
  constructor(seen: string[]) {
    this.#seen = seen;
  }

  /** The session of a connection, by the address under which it was watched. */
  sessionOf(address: string | undefined): number | undefined {
    return this.#byAddress.get(address ?? "");
  }

  /** The newest connection of the session that a connection belongs to. */
  latest(address: string): string {
    return this.#addresses[this.sessionOf(address) ?? -1] ?? address;
  }

  /** A call is executed on a connection: all calls of a session have the same caller. */
  serves(address: string | undefined, principal: unknown): void {
    const session = this.sessionOf(address);
    if (session === undefined) return;
    const former = (this.#principals[session] ??= principal);
    if (former !== principal)
      this.#seen.push(`session ${session} of ${String(former)} went on as ${String(principal)}`);
  }

  /** The sessions of a server are another server's. */
  moved(server: number): void {
    for (const [session, its] of this.#servers.entries())
      if (its === server) this.#servers[session] = -1;
  }

  /** Reads what is sent through a transport to a server. The address is its own. */
  watch(
    inner: Transport,
    server: number,
  ): { readonly transport: Transport; readonly address: string } {
    const address = `connection-${(this.#connections += 1)}`;
    let presented: string | undefined;
    const transport: Transport = {
      get bufferedBytes() {
        return inner.bufferedBytes;
      },
      send: (message) => {
        if (typeof message === "string") this.#said(read(message), { address, presented, server });
        inner.send(message);
      },
      close: (code, reason) => inner.close(code, reason),
      listen: (listener: TransportListener) =>
        inner.listen({
          message: (message) => {
            if (typeof message === "string") presented = read(message).resume?.token;
            listener.message(message);
          },
          closed: (code, reason) => listener.closed(code, reason),
        }),
    };
    return { transport, address };
  }

  #said({ concordat, session }: Handshake, { address, presented, server }: Arrival): void {
    if (concordat !== "welcome" || session === undefined) return;
    const former = session.received === undefined ? undefined : this.#byToken.get(presented ?? "");
    const number = former ?? this.#addresses.length;
    if ((this.#servers[number] ??= server) !== server)
      this.#seen.push(`session ${number} went on at another server`);
    this.#addresses[number] = address;
    this.#byToken.set(session.token, number);
    this.#byAddress.set(address, number);
  }
}

function read(text: string): Handshake {
  return JSON.parse(text) as Handshake; // the library's own
}
