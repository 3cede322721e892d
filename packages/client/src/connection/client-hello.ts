/** What a client says of itself when a connection opens. */
import { announce, type Hello, offeredEncodings, wireRevisions } from "@concordat/core/internal";
import type { ConnectionOptions } from "./connection.ts";

/** The hello of one connection. */
export function helloOf(
  { client, contracts, limits }: Pick<ConnectionOptions, "client" | "contracts" | "limits">,
  auth: unknown,
): Hello {
  return {
    wire: wireRevisions,
    encodings: offeredEncodings,
    client,
    contracts,
    auth,
    capabilities: ["resume", "renew"],
    limits: announce((name) => limits[name]),
  };
}
