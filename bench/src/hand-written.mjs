/** What somebody writes in an afternoon: `[id, procedure, value]` there, `[id, value]` back, one message each. */
import { WebSocket, WebSocketServer } from "ws";
import { nextItem } from "./values.mjs";

/**
 * @param {{ title: string, encode: (message: unknown) => string | Uint8Array, decode: (data: Buffer) => unknown[] }} parts
 * @returns {import("./peer.mjs").Peer}
 */
export function handWritten({ title, encode, decode }) {
  return {
    title,
    serve: (port) =>
      new Promise((resolve) => {
        const server = new WebSocketServer({ port, perMessageDeflate: false }, resolve);
        server.on("connection", (socket) => {
          socket.on("error", () => undefined);
          socket.on("message", (data) => {
            const [id, name, value] = decode(data);
            if (name === "stream")
              for (let index = 0; index < value; index += 1)
                socket.send(encode([id, nextItem(), index + 1 === value]));
            else socket.send(encode([id, value]));
          });
        });
      }),
    async connect(port) {
      const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
      const waiting = new Map();
      let last = 0;
      socket.on("message", (data) => {
        const [id, value, isLast] = decode(data);
        waiting.get(id)(value, isLast);
      });
      await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
      return {
        call: (name, value) =>
          new Promise((resolve) => {
            const id = (last += 1);
            waiting.set(id, (answer) => {
              waiting.delete(id);
              resolve(answer);
            });
            socket.send(encode([id, name, value]));
          }),
        stream: (count, each) =>
          new Promise((resolve) => {
            const id = (last += 1);
            waiting.set(id, (_item, isLast) => {
              each();
              if (isLast) resolve();
            });
            socket.send(encode([id, "stream", count]));
          }),
        close: () => socket.close(),
      };
    },
  };
}
