/** The contract with its handlers and its adapters: everything that is served, before a socket is opened. */
import { implement, type Service } from "@concordat/server";

import { adapters } from "../adapters/adapters.ts";
import { mcp } from "../generated/mcp/server.ts";
import { mcpHandlers, type Places } from "./handlers.ts";

/** The oldest release that the demonstration still serves: 2025-03-26. */
export const demonstratedFloor = "2.0.0";

/** Makes the service. */
export async function mcpService(places: Places, floor: string): Promise<Service> {
  return implement(mcp, {
    handlers: await mcpHandlers(places),
    adapters,
    floor,
    upgradeUrl: "https://example.com/newer-clients",
  });
}
