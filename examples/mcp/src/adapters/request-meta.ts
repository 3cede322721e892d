/** `_meta` of requests: what a client said once in `initialize`, it says with every request from 2026-07-28 on. */
import type { AdapterStep } from "@concordat/server";

import type { InitializeRequestParams } from "../generated/mcp/releases/4.0.0/types.ts";
import type { RequestMetaObject } from "../generated/mcp/releases/5.0.0/types.ts";

/** The revision that every converted request is in. */
const newestRevision = "2026-07-28";

const prefix = "io.modelcontextprotocol";

/**
 * Gives an older request the `_meta` that the newest revision demands. A progress token stays in it.
 *
 * No capability is claimed: the server could only use it to ask the client back, and that client was told of no such
 * question. What the newest revision says under its own names meant nothing in the older one.
 */
export const withMeta: readonly AdapterStep[] = [
  { step: "default", at: "", name: "_meta", value: {} },
  { step: "drop", at: "/_meta", names: [`${prefix}/clientInfo`, `${prefix}/logLevel`] },
  { step: "constant", at: "/_meta", name: `${prefix}/protocolVersion`, value: newestRevision },
  { step: "constant", at: "/_meta", name: `${prefix}/clientCapabilities`, value: {} },
];

/** The `_meta` of a client that has just introduced itself. */
export function metaOfGreeting({ clientInfo }: InitializeRequestParams): RequestMetaObject {
  return {
    "io.modelcontextprotocol/protocolVersion": newestRevision,
    "io.modelcontextprotocol/clientCapabilities": {},
    "io.modelcontextprotocol/clientInfo": clientInfo,
  };
}
