/** `credentialsChanged()`: the next thing that can be done with other credentials is done at once. */
import type { Connector } from "./connection/connector.ts";

/** Renews on a connection that is open, and dials where the lack of credentials had stopped the client. */
export function credentialsChanged(connector: Connector): void {
  if (connector.refusal?.code === "unauthenticated") connector.wake();
  else connector.renew();
}
