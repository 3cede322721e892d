/** `@concordat/client`: what an application author needs to call a contract. */

export { createClient } from "./create-client.ts";
export type { Client, ClientLife, Support, WithSupport } from "./client.ts";
export type { ClientOptions, ConnectOptions, ContractMap } from "./client-options.ts";
export type { CallDefaults, CallDefaultsByName } from "./call/call-defaults.ts";
export type { RetryOptions } from "./call/retries.ts";
export type { Backoff } from "./connection/backoff.ts";
export type {
  ClientEvents,
  ClientNotice,
  Disconnection,
  UpgradeAvailable,
} from "./connection/client-events.ts";
export type { CredentialsRequest } from "./connection/credentials.ts";
export { type ClientState, clientTransitions } from "./connection/client-state.ts";
export type { CallerContext, Interceptor } from "./interceptor/interceptor.ts";
export { type CallReport, reportCalls } from "./interceptor/report.ts";
export { optional, type OptionalContract } from "./optional.ts";
export type { ProcedureName } from "./procedure-name.ts";
export { type UsedContract, uses } from "./uses.ts";
export type { WebSocketConstructor } from "./socket/websocket-shape.ts";
export {
  type CallOptions,
  closeCode,
  ConcordatError,
  contextKey,
  type ContextKey,
  isConcordatError,
  isError,
  type Metadata,
  metadataValue,
  type NamedError,
  type NotificationContext,
  type NotificationSource,
  RefusedError,
  ServerOutdatedError,
  type SendOptions,
  type StatusCode,
  UpgradeRequiredError,
} from "@concordat/core";
export type { Transport, WebSocketShape } from "@concordat/core/transport";
