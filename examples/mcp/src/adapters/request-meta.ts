/** `_meta` of requests: what a client said once in `initialize`, it says with every request from 2026-07-28 on. */
import type {
  InitializeRequestParams,
  RequestParams as OlderParams,
} from "../generated/mcp/releases/4.0.0/types.ts";
import type { RequestMetaObject } from "../generated/mcp/types.ts";

/** The revision that every converted request is in. */
const newestRevision = "2026-07-28";

/**
 * The older request with the `_meta` that the newest revision demands.
 *
 * No capability is claimed: the server could only use it to ask the client back, and that client was told of no such
 * question.
 */
export function withMeta<Request extends OlderParams>(
  older: Request,
): Request & { _meta: RequestMetaObject } {
  return { ...older, _meta: metaOf(older) };
}

/** The `_meta` of a client that has just introduced itself. */
export function metaOfGreeting({ clientInfo }: InitializeRequestParams): RequestMetaObject {
  return { ...metaOf({}), "io.modelcontextprotocol/clientInfo": clientInfo };
}

function metaOf({ _meta: meta = {} }: OlderParams): RequestMetaObject {
  const { progressToken } = meta;
  return {
    "io.modelcontextprotocol/protocolVersion": newestRevision,
    "io.modelcontextprotocol/clientCapabilities": {},
    ...(progressToken === undefined ? {} : { progressToken }),
  };
}
