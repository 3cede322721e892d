/** Which upgrades of an HTTP server are ours, beside whoever else listens to them. */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

import { refuseUpgrade } from "./http-refusal.ts";
import type { UpgradeHandler } from "./ws-upgrade.ts";

/** Marks listeners of this library, also those of another copy of it. */
const mark = Symbol.for("concordat.upgrade");

/** Hands every upgrade that asks for `path` to `handler`. One that nobody can be meant by is refused. */
export function attachUpgrades(http: Server, path: string, handler: UpgradeHandler): void {
  const listener = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    // Node has taken its own listener away: a reset of a socket that nobody takes would end the process.
    socket.on("error", () => socket.destroy());
    if (pathOf(request) === path) handler(request, socket, head);
    else if (isLastOfOurs(http, listener))
      refuseUpgrade(socket, 404, "There is nothing to upgrade to at this path.");
  };
  http.on("upgrade", Object.assign(listener, { [mark]: true }));
}

/** Where everybody who listens is one of ours, the last one answers for all. */
function isLastOfOurs(http: Server, listener: object): boolean {
  const listeners = http.listeners("upgrade");
  return listeners.at(-1) === listener && listeners.every((each) => Object.hasOwn(each, mark));
}

/** The path of a request without its query. Not through `URL`: `//` alone makes that throw. */
function pathOf({ url = "/" }: IncomingMessage): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}
