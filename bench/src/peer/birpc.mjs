/** birpc over `ws` with JSON. Checks nothing; bytes travel as base64. */
import { createBirpc } from "birpc";
import { WebSocket, WebSocketServer } from "ws";
import { nextItem } from "../values.mjs";

const channel = (socket) => ({
  post: (data) => socket.send(data),
  on: (receive) => socket.on("message", (data) => receive(data.toString())),
  serialize: JSON.stringify,
  deserialize: JSON.parse,
  timeout: 60_000,
});
const echo = (value) => value;

export const peer = {
  title: "birpc",
  serve: (port) =>
    new Promise((resolve) => {
      const wss = new WebSocketServer({ port, perMessageDeflate: false }, resolve);
      wss.on("connection", (socket) => {
        socket.on("error", () => undefined);
        const page = createBirpc(
          {
            small: echo,
            order: echo,
            records: echo,
            blob: echo,
            stream(count) {
              for (let index = 0; index < count; index += 1)
                void page.item.asEvent(nextItem(), index + 1 === count);
            },
          },
          channel(socket),
        );
      });
    }),
  async connect(port) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    let item;
    const server = createBirpc({ item: (value, isLast) => item?.(value, isLast) }, channel(socket));
    return {
      call: (name, value) =>
        server[name](
          name === "blob" ? { data: Buffer.from(value.data).toString("base64") } : value,
        ),
      stream: (count, each) =>
        new Promise((resolve) => {
          item = (_value, isLast) => {
            void each();
            if (isLast) resolve();
          };
          void server.stream(count);
        }),
      close: () => socket.close(),
    };
  },
};
