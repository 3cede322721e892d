/** `@concordat/server/portable`: the server without Node, for workers, pages, Bun, Deno and Workers. */

export {
  type Adapter,
  type Answer,
  type Conversion,
  defineAdapter,
  type ErrorConversion,
  type MetadataConversion,
  type NewerCall,
  type ProcedureAdapter,
} from "./adapter.ts";
export { type AdapterParts, adapterProblems } from "./adapter-check.ts";
export type { Authenticate, ConnectionRequest } from "./authenticate.ts";
export { type Authenticated, authenticated, type AuthenticatedOptions } from "./authenticated.ts";
export { createServer, type ServerOptions, type SunsetOptions } from "./create-server.ts";
export type {
  CallCount,
  CallOutcome,
  ConnectionCount,
  FleetContract,
  FleetKey,
  FleetSnapshot,
  RefusalCount,
} from "./fleet/fleet-snapshot.ts";
export {
  metricsHandler,
  type MetricsRequest,
  type MetricsResponse,
} from "./fleet/metrics-handler.ts";
export { openMetricsOf, openMetricsType } from "./fleet/open-metrics.ts";
export { implement, type Implementation } from "./implement.ts";
export type { InspectPolicy } from "./inspection.ts";
export { type Log, type LogEvent, standardLog } from "./log.ts";
export { type LogEventName, logEvents, type LogRule } from "./log-events.ts";
export type { Middleware } from "./middleware.ts";
export { limitConcurrency, type ConcurrencyLimit } from "./middleware/concurrency-limit.ts";
export { only } from "./middleware/only.ts";
export { limitRate, type RateLimit } from "./middleware/rate-limit.ts";
export { type CallReport, reportCalls } from "./middleware/report.ts";
export type { ItemConverter, MessageConversion, StreamConversion } from "./message-conversion.ts";
export type { Answered, Asked, Called, ErrorsOf, Given, ProcedureMessages } from "./messages.ts";
export type { AllowedOrigins } from "./origin.ts";
export type { DrainSettings, Server } from "./server.ts";
export type { FloorOptions, WindDownOptions } from "./retirement/retirement.ts";
export type { Service } from "./service.ts";
export type { Upgrade, UpgradeGranted, UpgradeRefused, UpgradeRequest } from "./upgrade.ts";
export {
  type ProcedureTreatment,
  type Treatment,
  treatments,
  type TreatmentStep,
} from "./treatment.ts";
export {
  type AdapterStep,
  ConcordatError,
  contextKey,
  type ContextKey,
  type Context,
  type Metadata,
  type Peer,
  type StatusCode,
  withCursor,
} from "@concordat/core";
export { compileSteps } from "@concordat/core/internal";
