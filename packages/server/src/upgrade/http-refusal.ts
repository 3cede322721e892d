/** Answers to an upgrade that is not accepted, written by hand on a raw socket. */
import type { Duplex } from "node:stream";
import { STATUS_CODES } from "node:http";

import type { UpgradeRefused } from "./upgrade.ts";

/** Answers, and closes. */
export function refuseUpgrade(socket: Duplex, { status, headers, body }: UpgradeRefused): void {
  // Whoever sends Upgrade lists it in Connection, so that no proxy passes it on (RFC 9110, section 7.8).
  const connection = "Upgrade" in headers ? "Upgrade, close" : "close";
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
    `Connection: ${connection}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  socket.once("finish", () => socket.destroy());
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
}
