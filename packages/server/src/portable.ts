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
} from "./adapter/adapter.ts";
export { type AdapterParts, adapterProblems } from "./adapter/adapter-check.ts";
export type { Authenticate, ConnectionRequest } from "./peer/authenticate.ts";
export {
  type Authenticated,
  authenticated,
  type AuthenticatedOptions,
} from "./peer/authenticated.ts";
export { createServer } from "./create-server.ts";
export type { ServerOptions, SunsetOptions } from "./server-options.ts";
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
export { implement, type Implementation } from "./service/implement.ts";
export type { InspectPolicy } from "./log/inspection.ts";
export { type Log, type LogEvent, standardLog } from "./log/log.ts";
export { type LogEventName, logEvents, type LogRule } from "./log/log-events.ts";
export type { Middleware } from "./middleware/middleware.ts";
export { limitConcurrency, type ConcurrencyLimit } from "./middleware/concurrency-limit.ts";
export { only } from "./middleware/only.ts";
export { requireScopes } from "./middleware/require-scopes.ts";
export { limitRate, type RateLimit } from "./middleware/rate-limit.ts";
export { type CallReport, reportCalls } from "./middleware/report.ts";
export type {
  ItemConverter,
  MessageConversion,
  StreamConversion,
} from "./adapter/message-conversion.ts";
export type {
  Answered,
  Asked,
  Called,
  ErrorsOf,
  Given,
  ProcedureMessages,
} from "./adapter/messages.ts";
export type { AllowedOrigins } from "./upgrade/origin.ts";
export type { DrainSettings, Server } from "./server.ts";
export type { FloorOptions, WindDownOptions } from "./retirement/retirement.ts";
export type { Service } from "./service/service.ts";
export type { Upgrade, UpgradeGranted, UpgradeRefused, UpgradeRequest } from "./upgrade/upgrade.ts";
export {
  type ProcedureTreatment,
  type Treatment,
  treatments,
  type TreatmentStep,
} from "./adapter/treatment.ts";
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
