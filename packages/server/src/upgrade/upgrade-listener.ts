/** Which upgrades of an HTTP server are ours, beside whoever else listens to them. */
import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";

import { refuseUpgrade } from "./http-refusal.ts";
import { plainRefusal } from "./upgrade.ts";
import { destroyAtError, type UpgradeHandler } from "./ws-upgrade.ts";

/** Where listeners of this library, also of another copy of it, say which path they take. */
const takes = Symbol.for("concordat.upgrade");

/**
 * Hands every upgrade that asks for `path` to `handler`. One that nobody can be meant by is refused.
 *
 * @returns what takes the listener away again.
 * @throws Error when another server of this library has the path already.
 */
export function attachUpgrades(http: Server, path: string, handler: UpgradeHandler): () => void {
  if (http.listeners("upgrade").some((each) => pathTakenBy(each) === path))
    throw new Error(`Another Concordat server is attached at ${path} already; close it first.`);
  const listener = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on("error", destroyAtError);
    const asked = pathOf(request);
    if (asked === path) handler(request, socket, head);
    else if (http.listeners("upgrade").at(-1) === listener && isForNobody(http, asked))
      refuseUpgrade(socket, plainRefusal(404, "There is nothing to upgrade to at this path."));
  };
  http.on("upgrade", Object.assign(listener, { [takes]: path }));
  return () => void http.off("upgrade", listener);
}

/** Whether everybody who listens is one of ours, and none takes that path. Of others nobody knows what they take. */
function isForNobody(http: Server, path: string): boolean {
  const taken = new Set(http.listeners("upgrade").map(pathTakenBy));
  return !taken.has(undefined) && !taken.has(path);
}

/** The path that a listener takes, or `undefined` where it is not one of ours. */
function pathTakenBy(listener: object): string | undefined {
  const path: unknown = Reflect.get(listener, takes);
  return typeof path === "string" ? path : undefined;
}

/** The path of a request without its query. Not through `URL`: `//` alone makes that throw. */
function pathOf({ url = "/" }: IncomingMessage): string {
  const end = url.search(/[?#]/);
  return end < 0 ? url : url.slice(0, end);
}
