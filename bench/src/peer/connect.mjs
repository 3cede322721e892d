/** Connect over HTTP/2 with binary Protocol Buffers. */
import { createServer } from "node:http2";
import { createClient } from "@connectrpc/connect";
import { connectNodeAdapter, createConnectTransport } from "@connectrpc/connect-node";
import { Bench } from "../proto.mjs";
import { messageOf, smallMessage } from "../proto-values.mjs";

const echo = (request) => request;
const maxBytes = 64 << 20;

export const peer = {
  title: "Connect",
  serve: (port) =>
    new Promise((resolve) => {
      const routes = (router) =>
        router.service(Bench, {
          small: echo,
          order: echo,
          records: echo,
          blob: echo,
          async *stream({ count }) {
            for (let index = 0; index < count; index += 1) yield smallMessage;
          },
        });
      createServer(connectNodeAdapter({ routes, readMaxBytes: maxBytes })).listen(
        port,
        "127.0.0.1",
        resolve,
      );
    }),
  async connect(port) {
    const transport = createConnectTransport({
      baseUrl: `http://127.0.0.1:${port}`,
      httpVersion: "2",
      useBinaryFormat: true,
      readMaxBytes: maxBytes,
    });
    const client = createClient(Bench, transport);
    await client.small(smallMessage);
    return {
      call: (name) => client[name](messageOf(name)),
      async stream(count, each) {
        for await (const _item of client.stream({ count })) await each();
      },
      close: () => undefined,
    };
  },
};
