/** Cap'n Web over `ws`. Checks nothing. Streams by one callback for each item. */
import { WebSocket, WebSocketServer } from "ws";
import { nextItem } from "../values.mjs";

globalThis.WebSocket ??= WebSocket; // Node 20 has none, and Cap'n Web asks for its constants
const { newWebSocketRpcSession, RpcTarget } = await import("capnweb");

class Api extends RpcTarget {
  small(value) {
    return value;
  }
  order(value) {
    return value;
  }
  records(value) {
    return value;
  }
  blob(value) {
    return value;
  }
  async stream(count, item) {
    for (let at = 0; at < count; at += 100) {
      await Promise.all(Array.from({ length: Math.min(100, count - at) }, () => item(nextItem())));
    }
  }
}

export const peer = {
  title: "Cap'n Web",
  serve: (port) =>
    new Promise((resolve) => {
      const wss = new WebSocketServer({ port, perMessageDeflate: false }, resolve);
      wss.on("connection", (socket) => {
        socket.on("error", () => undefined);
        newWebSocketRpcSession(socket, new Api());
      });
    }),
  async connect(port) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
    const api = newWebSocketRpcSession(socket);
    return {
      call: (name, value) => api[name](value),
      stream: (count, each) => api.stream(count, () => each()),
      close: () => socket.close(),
    };
  },
};
