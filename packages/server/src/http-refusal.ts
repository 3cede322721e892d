/** Answers to an upgrade that is not accepted, written by hand on a raw socket. */
import type { Duplex } from "node:stream";
import { STATUS_CODES } from "node:http";
import { type Refusal, refusalToJson } from "@concordat/core/internal";

/** Answers with plain text, and closes. */
export function refuseUpgrade(
  socket: Duplex,
  status: number,
  message: string,
  headers: readonly string[] = [],
): void {
  const type = "Content-Type: text/plain; charset=utf-8";
  write(socket, status, `${message}\n`, ["Connection: close", type, ...headers]);
}

/**
 * Answers 426 with a problem document (RFC 9457) whose members are those of a `reject`.
 *
 * The `Upgrade` header is what RFC 9110 section 15.5.22 demands of a 426.
 */
export function refuseRelease(socket: Duplex, refusal: Refusal): void {
  const problem = {
    type: `urn:concordat:${refusal.closeName}`,
    title: "Upgrade Required",
    status: 426,
    detail: refusal.message,
    ...refusalToJson(refusal),
  };
  write(socket, 426, JSON.stringify(problem), [
    // Whoever sends Upgrade lists it in Connection, so that no proxy passes it on (RFC 9110, section 7.8).
    "Connection: Upgrade, close",
    "Upgrade: websocket",
    "Content-Type: application/problem+json",
  ]);
}

function write(socket: Duplex, status: number, body: string, headers: readonly string[]): void {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    ...headers,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.once("finish", () => socket.destroy());
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
