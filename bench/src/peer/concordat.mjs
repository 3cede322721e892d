/** Concordat from generated stubs with everything on: validation on both sides, deadlines, credits, sessions, negotiation. */
import { createClient } from "@concordat/client";
import { createServer, implement } from "@concordat/server";
import { WebSocket } from "ws";
import { bench as caller } from "../../generated/bench/client.js";
import { bench } from "../../generated/bench/server.js";
import { small } from "../values.mjs";

const timeoutMs = 30_000;
/** A megabyte of bytes and its frame are just over the default. */
const limits = { messageBytes: 2 << 20 };

export const peer = {
  title: "**Concordat**",
  async serve(port) {
    const echo = (request) => request;
    const server = createServer({
      limits,
      services: [
        implement(bench, {
          handlers: {
            small: echo,
            order: echo,
            records: echo,
            blob: echo,
            *stream({ count }) {
              for (let index = 0; index < count; index += 1) yield small;
            },
          },
        }),
      ],
    });
    await server.listen(port, { host: "127.0.0.1" });
  },
  async connect(port) {
    const client = createClient({
      url: `ws://127.0.0.1:${port}`,
      contracts: { bench: caller },
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
