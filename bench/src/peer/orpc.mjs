/** oRPC over its WebSocket adapter, inputs and outputs checked with zod; bytes travel as a Blob would, as base64 here. */
import { createORPCClient } from "@orpc/client";
import { RPCLink } from "@orpc/client/websocket";
import { os } from "@orpc/server";
import { RPCHandler } from "@orpc/server/ws";
import { WebSocket, WebSocketServer } from "ws";
import { nextItem } from "../values.mjs";
import * as shape from "../zod-shapes.mjs";

const echo = (type) =>
  os
    .input(type)
    .output(type)
    .handler(({ input }) => input);

const router = {
  small: echo(shape.small),
  order: echo(shape.order),
  records: echo(shape.records),
  blob: echo(shape.blobText),
  stream: os.input(shape.count).handler(async function* stream({ input: { count } }) {
    for (let index = 0; index < count; index += 1) yield nextItem();
  }),
};

export const peer = {
  title: "oRPC",
  serve: (port) =>
    new Promise((resolve) => {
      const handler = new RPCHandler(router);
      const wss = new WebSocketServer({ port, perMessageDeflate: false }, resolve);
      wss.on("connection", (socket) => void handler.upgrade(socket, { context: {} }));
    }),
  async connect(port) {
    const websocket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    await new Promise((resolve, reject) => websocket.once("open", resolve).once("error", reject));
    const client = createORPCClient(new RPCLink({ websocket }));
    return {
      call: (name, value) =>
        client[name](
          name === "blob" ? { data: Buffer.from(value.data).toString("base64") } : value,
        ),
      async stream(count, each) {
        for await (const _item of await client.stream({ count })) await each();
      },
      close: () => websocket.close(),
    };
  },
};
