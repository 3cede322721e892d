/** Reads along at the servers' doors: which connection carries which session. */
import type { Transport, TransportListener } from "@concordat/core/internal";

/** As much of hello and welcome as tells a session. */
interface Handshake {
  readonly concordat: string;
  readonly resume?: { readonly token: string };
  readonly session?: { readonly token: string; readonly received?: number };
}

/** The sessions of one run, numbered in the order in which they began. */
export class SessionWitness {
  readonly #byToken = new Map<string, number>();
  readonly #byAddress = new Map<string, number>();
  /** The connection that has, or had, each session. */
  readonly #addresses: string[] = [];
  #connections = 0;

  /** The session of a connection, by the address under which it was watched. */
  sessionOf(address: string | undefined): number | undefined {
    return this.#byAddress.get(address ?? "");
  }

  /** The newest connection of the session that a connection belongs to. */
  latest(address: string): string {
    return this.#addresses[this.sessionOf(address) ?? -1] ?? address;
  }

  /** Reads what is sent through a transport. The address is its own. */
  watch(inner: Transport): { readonly transport: Transport; readonly address: string } {
    const address = `connection-${(this.#connections += 1)}`;
    let presented: string | undefined;
    const transport: Transport = {
      get bufferedBytes() {
        return inner.bufferedBytes;
      },
      send: (message) => {
        if (typeof message === "string") this.#said(read(message), address, presented);
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

  #said({ concordat, session }: Handshake, address: string, presented: string | undefined): void {
    if (concordat !== "welcome" || session === undefined) return;
    const former = session.received === undefined ? undefined : this.#byToken.get(presented ?? "");
    const number = former ?? this.#addresses.length;
    this.#addresses[number] = address;
    this.#byToken.set(session.token, number);
    this.#byAddress.set(address, number);
  }
}

function read(text: string): Handshake {
  return JSON.parse(text) as Handshake; // the library's own
}
