/** Concordat from generated stubs with everything on: validation on both sides, deadlines, credits, sessions, negotiation. */
import { nextItem } from "./values.mjs";

const timeoutMs = 30_000;
/**
 * A megabyte of bytes and its frame are just over the defaults, and a session is resumable only while it keeps what is under
 * way. One connection makes more calls here than a server takes of one by default: 450,000 in a second.
 */
const limits = { messageBytes: 2 << 20, replayBytes: 8 << 20, framesPerSecond: 4_000_000 };

/**
 * @param {(side: "server" | "client", setting: import("./peer.mjs").Setting) => Promise<object>} stubOf Finds the contract of a side's stub.
 * @returns {import("./peer.mjs").Peer}
 */
export function concordatPeer(stubOf) {
  let clientSide;
  return {
    title: "**Concordat**",
    async prepare(setting) {
      clientSide = { ...(await import("@concordat/client")), ...(await import("ws")) };
      await stubOf("client", setting);
    },
    async serve(port, setting) {
      const { createServer, implement } = await import("@concordat/server"); // a client has no server in its heap
      const contract = await stubOf("server", setting);
      const server = createServer({
        limits,
        services: [implement(contract, { handlers: handlersOf(contract) })],
      });
      await server.listen(port, { host: "127.0.0.1" });
    },
    async connect(port, setting) {
      const { createClient, WebSocket } = clientSide;
      const client = createClient({
        url: `ws://127.0.0.1:${port}`,
        contracts: { bench: await stubOf("client", setting) },
        WebSocket,
        timeoutMs,
        limits,
      });
      return {
        call: (name, value) => client.bench[name](value),
        async stream(count, each) {
          for await (const _item of client.bench.stream({ count })) await each();
        },
        close: () => client.close(),
      };
    },
  };
}

function handlersOf({ history }) {
  const echo = (request) => request;
  const names = new Set(history.flatMap(({ procedures }) => Object.keys(procedures)));
  const handlers = Object.fromEntries([...names].map((name) => [name, echo]));
  if (names.has("stream"))
    handlers.stream = function* stream({ count }) {
      for (let index = 0; index < count; index += 1) yield nextItem();
    };
  return handlers;
}
