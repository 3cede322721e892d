/** tRPC over its WebSocket adapter, inputs and outputs checked with zod; bytes travel as base64. */
import { createTRPCClient, createWSClient, wsLink } from "@trpc/client";
import { initTRPC } from "@trpc/server";
import { applyWSSHandler } from "@trpc/server/adapters/ws";
import { WebSocket, WebSocketServer } from "ws";
import { nextItem } from "../values.mjs";
import * as shape from "../zod-shapes.mjs";

const t = initTRPC.create();
const echo = (input) =>
  t.procedure
    .input(input)
    .output(input)
    .query(({ input: value }) => value);

const router = t.router({
  small: echo(shape.small),
  order: echo(shape.order),
  records: echo(shape.records),
  blob: echo(shape.blobText),
  stream: t.procedure.input(shape.count).subscription(async function* stream({ input: { count } }) {
    for (let index = 0; index < count; index += 1) yield nextItem();
  }),
});

export const peer = {
  title: "tRPC",
  serve: (port) =>
    new Promise((resolve) => {
      const wss = new WebSocketServer({ port, perMessageDeflate: false }, resolve);
      applyWSSHandler({ wss, router, createContext: () => ({}) });
    }),
  async connect(port) {
    const ws = createWSClient({ url: `ws://127.0.0.1:${port}`, WebSocket });
    const client = createTRPCClient({ links: [wsLink({ client: ws })] });
    return {
      call: (name, value) =>
        client[name].query(
          name === "blob" ? { data: Buffer.from(value.data).toString("base64") } : value,
        ),
      stream: (count, each) =>
        new Promise((resolve, reject) =>
          client.stream.subscribe(
            { count },
            { onData: () => void each(), onComplete: resolve, onError: reject },
          ),
        ),
      close: () => ws.close(),
    };
  },
};
