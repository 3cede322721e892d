/** The fleet over HTTP, for whoever scrapes it. */
import { isObject } from "@concordat/core/internal";

import { shown } from "../option-value.ts";
import type { FleetSnapshot } from "./fleet-snapshot.ts";
import { openMetricsOf, openMetricsType } from "./open-metrics.ts";

/** As much of a request of `node:http` as is looked at. */
export interface MetricsRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

/** As much of a response of `node:http` as is written to. */
export interface MetricsResponse {
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown;
  end(body?: string): unknown;
}

/**
 * A handler for an HTTP server of yours: OpenMetrics text, and the same counts as JSON where the path ends in `.json`.
 *
 * It asks for no credentials. It names your releases and your clients: mount it where only you can reach it.
 */
export function metricsHandler(server: {
  fleet(): FleetSnapshot;
}): (request: MetricsRequest, response: MetricsResponse) => void {
  // Found at the first scrape, it would end the process.
  if (!isObject(server) || typeof server["fleet"] !== "function")
    throw new RangeError(`metricsHandler(…) takes a server, not ${shown(server)}.`);
  return ({ method = "GET", url = "/" }, response) => {
    if (method !== "GET" && method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD", "Content-Type": "text/plain; charset=utf-8" });
      response.end("Counters can only be read.\n");
      return;
    }
    const [path = ""] = url.split(/[?#]/, 1);
    const fleet = server.fleet();
    const asJson = path.endsWith(".json");
    const body = asJson ? `${JSON.stringify(fleet, null, 2)}\n` : openMetricsOf(fleet);
    response.writeHead(200, {
      "Content-Type": asJson ? "application/json" : openMetricsType,
      "Cache-Control": "no-store",
    });
    response.end(method === "HEAD" ? undefined : body);
  };
}
