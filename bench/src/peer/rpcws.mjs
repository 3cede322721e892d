/** rpc-websockets: JSON-RPC 2.0. Checks nothing; bytes travel as base64. */
import { Client, Server } from "rpc-websockets";
import { nextItem, values } from "../values.mjs";

export const peer = {
  title: "rpc-websockets",
  serve: (port) =>
    new Promise((resolve) => {
      const server = new Server({ port, host: "127.0.0.1" });
      for (const name of Object.keys(values)) server.register(name, (params) => params);
      server.event("item");
      server.register("stream", ({ count }) => {
        for (let index = 0; index < count; index += 1)
          server.emit("item", { small: nextItem(), isLast: index + 1 === count });
        return true;
      });
      server.on("listening", resolve);
    }),
  async connect(port) {
    const client = new Client(`ws://127.0.0.1:${port}`, { max_reconnects: 0 });
    await new Promise((resolve, reject) => {
      client.on("open", resolve);
      client.on("error", reject);
    });
    let subscribed;
    return {
      call: (name, value) =>
        client.call(
          name,
          name === "blob" ? { data: Buffer.from(value.data).toString("base64") } : value,
          60_000,
        ),
      stream: (count, each) =>
        new Promise((resolve) => {
          const item = ({ isLast }) => {
            void each();
            if (!isLast) return;
            client.off("item", item);
            resolve();
          };
          client.on("item", item);
          subscribed ??= client.subscribe("item");
          void subscribed.then(() => client.call("stream", { count }, 60_000));
        }),
      close: () => client.close(),
    };
  },
};
