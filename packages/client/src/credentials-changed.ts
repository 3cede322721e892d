/** `credentialsChanged()`: the next thing that can be done with other credentials is done at once. */
import type { Connector } from "./connection/connector.ts";

/** Renews on a connection that is open, and dials where credentials had stopped the client: none, or none that are any. */
export function credentialsChanged(connector: Connector): void {
  const code = connector.refusal?.code;
  if (code === "unauthenticated" || code === "invalid_argument") connector.wake();
  else connector.renew();
}
