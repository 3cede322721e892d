/** Raw `ws`: the bytes of the message are echoed, nobody encodes or decodes, answers come in order. */
import { encode } from "@msgpack/msgpack";
import { WebSocket, WebSocketServer } from "ws";

/** @type {WeakMap<object, Uint8Array>} */
const encoded = new WeakMap();

/** Encoded once, so that what is measured is the socket. */
function bytesOf(value) {
  const known = encoded.get(value) ?? encode(value);
  encoded.set(value, known);
  return known;
}

export const peer = {
  title: "raw `ws` echo",
  serve: (port) =>
    new Promise((resolve) => {
      const server = new WebSocketServer({ port, perMessageDeflate: false }, resolve);
      server.on("connection", (socket) => {
        socket.on("error", () => undefined);
        socket.on("message", (data) => socket.send(data));
      });
    }),
  async connect(port) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    const waiting = [];
    let first = 0;
    socket.on("message", (data) => {
      waiting[first](data);
      waiting[first] = undefined;
      first += 1;
      if (first === 4_096) {
        waiting.splice(0, first);
        first = 0;
      }
    });
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    return {
      call: (_name, value) =>
        new Promise((resolve) => {
          waiting.push(resolve);
          socket.send(bytesOf(value));
        }),
      stream: undefined,
      close: () => socket.close(),
    };
  },
};
