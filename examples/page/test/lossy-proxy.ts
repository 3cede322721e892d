/** A proxy between a page and its server that loses what real ones lose. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocket, WebSocketServer } from "ws";

/** What gets lost: the server's last message, the reason of its close, or both. */
export type Loss = "reject" | "reason" | "both";

/** A running proxy. */
export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a proxy before `target`, an `http:` address. */
export async function lossyProxy(target: string, loss: Loss): Promise<Proxy> {
  const http = createServer((request, response) => void forward(request, response, target));
  const sockets = new WebSocketServer({
    server: http,
    handleProtocols: ([first]) => first ?? false,
  });
  sockets.on("connection", (near, { url = "/", headers }) => {
    const offered = (headers["sec-websocket-protocol"] ?? "").split(/, ?/);
    join(near, new WebSocket(target.replace("http", "ws") + url, offered), loss);
  });
  const url = `http://localhost:${await listen(http)}`;
  return {
    url,
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      await new Promise((closed) => http.close(closed));
    },
  };
}

async function forward(
  { url = "/" }: IncomingMessage,
  response: ServerResponse,
  target: string,
): Promise<void> {
  const answer = await fetch(target + url);
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  response.end(Buffer.from(await answer.arrayBuffer()));
}

function join(near: WebSocket, far: WebSocket, loss: Loss): void {
  const early: (readonly [Buffer, boolean])[] = [];
  near.on("message", (data: Buffer, isBinary) => {
    if (far.readyState === far.OPEN) far.send(data, { binary: isBinary });
    else early.push([data, isBinary]);
  });
  far.on("open", () => {
    for (const [data, isBinary] of early) far.send(data, { binary: isBinary });
  });
  far.on("message", (data: Buffer, isBinary) => {
    const isReject = !isBinary && data.toString().includes('"reject"');
    if (!isReject || loss === "reason") near.send(data, { binary: isBinary });
  });
  far.on("close", (code, reason) => near.close(code, loss === "reject" ? reason : ""));
  far.on("error", () => near.terminate());
  near.on("close", () => far.terminate());
  near.on("error", () => far.terminate());
}

async function listen(http: Server): Promise<number> {
  await new Promise<void>((listening) => http.listen(0, listening));
  return (http.address() as AddressInfo).port; // a server that listens on a port has such an address
}
