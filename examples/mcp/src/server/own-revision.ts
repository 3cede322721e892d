/** The one revision that the handlers implement. What is older is the adapters' business. */
import { ConcordatError, type Context } from "@concordat/server";

import { mcp } from "../generated/mcp/server.ts";
import type { RequestParams } from "../generated/mcp/types.ts";
import { revisionOf } from "../revision.ts";

/** The newest revision. */
export const ownRevision: string = revisionOf(mcp.history.at(-1) ?? {});

const versionKey = "io.modelcontextprotocol/protocolVersion";

/**
 * A handler that first looks at the revision that its request names, as the protocol demands of servers.
 *
 * A request can name another one only by contradicting the release that was negotiated.
 */
export function speaking<Request extends RequestParams, Response>(
  handle: (request: Request, context: Context) => Response | Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    const { _meta: meta } = request;
    const named = meta[versionKey];
    if (named === ownRevision) return handle(request, context);
    const message = `Unsupported protocol version ${JSON.stringify(named)}; this server speaks ${ownRevision}.`;
    throw new ConcordatError("failed_precondition", message);
  };
}
