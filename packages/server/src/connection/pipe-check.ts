/** What is given to be served, looked at before anybody is counted for it. */
import { isObject } from "@concordat/core/internal";

import { shown } from "../option-value.ts";

/** @throws RangeError for what is no transport, or headers that nobody could read. */
export function checkPipe(transport: unknown, request: unknown): void {
  if (!hasAll(transport, ["send", "close", "listen"]))
    throw new RangeError(
      `accept(…) takes an open transport, not ${shown(transport)}; wrap a port or a socket with ` +
        '"messagePortTransport" or "webSocketTransport" of @concordat/core/transport.',
    );
  if (!isObject(request))
    throw new RangeError(
      `accept(…) takes an object of origin, address, headers, not ${shown(request)}.`,
    );
  const { headers } = request;
  if (headers !== undefined && !hasAll(headers, ["get"]))
    throw new RangeError(`"headers" is a Map of texts, not ${shown(headers)}.`);
}

function hasAll(value: unknown, names: readonly string[]): boolean {
  return isObject(value) && names.every((name) => typeof Reflect.get(value, name) === "function");
}
