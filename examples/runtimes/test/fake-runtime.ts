/** Bun, Deno and Workers as far as the examples use them: the same members, on pipes in memory. */
import { type MemoryTransport, memoryTransports, MemoryWebSocket } from "@concordat/testing";
import type { BunOptions, BunSocket } from "../src/types/bun.ts";
import type { DenoHandler } from "../src/types/deno.ts";
import type { DurableObjectNamespace, WorkersSocket } from "../src/types/workers.ts";

/** What a runtime answered to a request. */
export interface Answer {
  readonly response: Response | undefined;
  /** The client's end, where the socket was opened. */
  readonly pipe: MemoryTransport | undefined;
  readonly protocol: string | undefined;
}

/** Asks a program that runs in a fake runtime. */
export type Ask = (request: Request) => Promise<Answer>;

type BunWebsocket = BunOptions<unknown>["websocket"];

/** Bun: sockets whose events are calls, and bytes that are Buffers. */
export function fakeBun(): { readonly Bun: typeof Bun; readonly ask: Ask } {
  let options: BunOptions<unknown> | undefined;
  return {
    Bun: {
      serve(given) {
        options = given;
      },
    },
    async ask(request) {
      let pipe: MemoryTransport | undefined;
      let protocol: string | undefined;
      const response = options?.fetch(request, {
        requestIP: () => ({ address: "192.0.2.1" }),
        upgrade(_request, { data, headers }) {
          protocol = headers?.["Sec-WebSocket-Protocol"];
          const [near, far] = memoryTransports();
          pipe = near;
          if (options !== undefined) openBunSocket(options.websocket, far, data);
          return true;
        },
      });
      return { response, pipe, protocol };
    },
  };
}

function openBunSocket(handlers: BunWebsocket, far: MemoryTransport, data: unknown): void {
  const socket: BunSocket<unknown> = {
    data,
    send(message) {
      far.send(message);
      return message.length;
    },
    close: (code = 1000, reason = "") => far.close(code, reason),
    getBufferedAmount: () => far.bufferedBytes,
  };
  handlers.open(socket);
  far.listen({
    message: (message) =>
      handlers.message(socket, typeof message === "string" ? message : Buffer.from(message)),
    closed: (code, reason) => handlers.close(socket, code, reason),
  });
}

/** Deno: a socket that opens once its response has been returned. */
export function fakeDeno(): { readonly Deno: typeof Deno; readonly ask: Ask } {
  let handler: DenoHandler | undefined;
  let socket: MemoryWebSocket | undefined;
  return {
    Deno: {
      serve: (_options, given) => void (handler = given),
      upgradeWebSocket() {
        socket = new MemoryWebSocket();
        // Made of the members that a WebSocket has.
        return { socket: socket as unknown as WebSocket, response: new Response(null) };
      },
    },
    async ask(request) {
      const response = handler?.(request, { remoteAddr: { hostname: "192.0.2.1" } });
      if (socket === undefined) return { response, pipe: undefined, protocol: undefined };
      const [near, far] = memoryTransports();
      socket.open(far);
      const protocol = response?.headers.get("Sec-WebSocket-Protocol") ?? undefined;
      return { response, pipe: near, protocol };
    },
  };
}

/** A Worker's socket: nothing comes before `accept()`, and it has no `bufferedAmount`. */
class PairedSocket implements WorkersSocket {
  readonly far: MemoryTransport;
  readonly #socket = new MemoryWebSocket();
  readonly #near: MemoryTransport;

  constructor() {
    [this.#near, this.far] = memoryTransports();
    this.#socket.binaryType = "arraybuffer";
  }

  accept(): void {
    this.#socket.open(this.#near);
  }

  send(message: string | Uint8Array): void {
    this.#socket.send(message);
  }

  close(code?: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  addEventListener(type: string, listener: (event: never) => void): void {
    this.#socket.addEventListener(type, listener as () => void); // it is given the event that it asked for
  }

  removeEventListener(type: string, listener: (event: never) => void): void {
    this.#socket.removeEventListener(type, listener as () => void); // as above
  }
}

/** Workers: pairs of sockets, and responses that carry one. */
export class FakeWorkers {
  /** The socket of the pair that was made last. */
  #kept: PairedSocket | undefined;

  readonly WebSocketPair: typeof WebSocketPair;
  readonly Response: typeof Response;

  constructor() {
    const made = (): PairedSocket => (this.#kept = new PairedSocket());
    this.WebSocketPair = class {
      readonly 0 = new PairedSocket();
      readonly 1 = made();
    };
    this.Response = class extends Response {
      override readonly status: number;

      // The standard's refuses 101, with which nothing but a runtime may answer.
      constructor(body?: BodyInit | null, init: ResponseInit = {}) {
        const { status = 200 } = init;
        super(body, { ...init, status: status === 101 ? 200 : status });
        this.status = status;
      }
    };
  }

  /** The namespace of a Durable Object that lives as long as this. */
  namespace(object: { fetch(request: Request): Response }): DurableObjectNamespace {
    return {
      idFromName: (name) => ({ name }),
      get: () => ({ fetch: async (request) => object.fetch(request) }),
    };
  }

  /** Asks the program's own `fetch`. */
  async ask(response: Promise<Response>): Promise<Answer> {
    const answered = await response;
    const protocol = answered.headers.get("Sec-WebSocket-Protocol") ?? undefined;
    return { response: answered, pipe: this.#kept?.far, protocol };
  }
}
