/** socket.io over WebSocket alone, answers by acknowledgement. Checks nothing. */
import { createServer } from "node:http";
import { Server } from "socket.io";
import { io } from "socket.io-client";
import { nextItem, values } from "../values.mjs";

export const peer = {
  title: "socket.io",
  serve: (port) =>
    new Promise((resolve) => {
      const http = createServer();
      const server = new Server(http, {
        transports: ["websocket"],
        maxHttpBufferSize: 64 << 20,
        perMessageDeflate: false,
      });
      server.on("connection", (socket) => {
        for (const name of Object.keys(values)) socket.on(name, (value, answer) => answer(value));
        socket.on("stream", (count) => {
          for (let index = 0; index < count; index += 1)
            socket.emit("item", nextItem(), index + 1 === count);
        });
      });
      http.listen(port, "127.0.0.1", resolve);
    }),
  async connect(port) {
    const socket = io(`http://127.0.0.1:${port}`, { transports: ["websocket"], forceNew: true });
    await new Promise((resolve, reject) =>
      socket.once("connect", resolve).once("connect_error", reject),
    );
    return {
      call: (name, value) => new Promise((resolve) => socket.emit(name, value, resolve)),
      stream: (count, each) =>
        new Promise((resolve) => {
          const item = (_item, isLast) => {
            void each();
            if (!isLast) return;
            socket.off("item", item);
            resolve();
          };
          socket.on("item", item);
          socket.emit("stream", count);
        }),
      close: () => socket.disconnect(),
    };
  },
};
