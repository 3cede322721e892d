/** Connect over HTTP/2 with binary Protocol Buffers. */
import { createServer } from "node:http2";
import { createClient } from "@connectrpc/connect";
import {
  connectNodeAdapter,
  createConnectTransport,
  Http2SessionManager,
} from "@connectrpc/connect-node";
import { Bench } from "../proto.mjs";
import { messageOf, nextMessage } from "../proto-values.mjs";

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
            for (let index = 0; index < count; index += 1) yield nextMessage();
          },
        });
      createServer(connectNodeAdapter({ routes, readMaxBytes: maxBytes })).listen(
        port,
        "127.0.0.1",
        resolve,
      );
    }),
  async connect(port) {
    const baseUrl = `http://127.0.0.1:${port}`;
    const sessionManager = new Http2SessionManager(baseUrl);
    const transport = createConnectTransport({
      baseUrl,
      sessionManager,
      httpVersion: "2",
      useBinaryFormat: true,
      readMaxBytes: maxBytes,
    });
    const client = createClient(Bench, transport);
    return {
      call: (name) => client[name](messageOf(name)),
      async stream(count, each) {
        for await (const _item of client.stream({ count })) await each();
      },
      close: () => sessionManager.abort(),
    };
  },
};
