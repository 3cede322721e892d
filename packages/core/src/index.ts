/** `@concordat/core`: contracts, releases, negotiation and errors, for application authors. */

export type { DerivedAdapter, DerivedConversion } from "./adapter/derived-adapter.ts";
export type { AdapterStep, Pointer } from "./adapter/step.ts";
export { contextKey, type ContextKey } from "./contract/context-key.ts";
export { type CallOptions, type Context, type Peer } from "./contract/context.ts";
export { withCursor } from "./contract/cursor.ts";
export type {
  CallersOf,
  HandlersOf,
  Items,
  NotifiersOf,
  ProcedureTree,
  ValueOf,
} from "./contract/face.ts";
export {
  type ErrorsIn,
  type ErrorsOf,
  type FailingContract,
  isError,
  type NamedError,
} from "./contract/named-error.ts";
export type {
  NotificationContext,
  NotificationSource,
  NotifyingContract,
  SendNotification,
  SendOptions,
} from "./contract/notification.ts";
export {
  bidiStream,
  clientNotification,
  clientStream,
  type NoErrors,
  type NotificationOptions,
  type Procedure,
  type ProcedureLimits,
  type ProcedureOptions,
  serverNotification,
  serverStream,
  unary,
} from "./contract/procedure.ts";
export {
  type CallKind,
  type NotificationKind,
  type ProcedureKind,
  type ProcedureKindRule,
  procedureKinds,
} from "./contract/procedure-kind.ts";
export {
  ConcordatError,
  type ConcordatErrorOptions,
  type ErrorDetail,
  type ErrorOrigin,
  isConcordatError,
} from "./error/concordat-error.ts";
export type { Deprecation } from "./error/deprecation.ts";
export {
  type Mover,
  type RefusalFacts,
  RefusedError,
  ServerOutdatedError,
  type SupportedRange,
  UpgradeRequiredError,
} from "./error/refusal-error.ts";
export type { Notice } from "./handshake/notice.ts";
export { mayRetry, type StatusCode } from "./error/status-code.ts";
export { type CloseRule, closeCodes } from "./reference/close-codes.ts";
export { type LimitRule, limitRules } from "./reference/limits.ts";
export { type StatusRule, statusCodes } from "./reference/status-codes.ts";
export {
  type Draft,
  type Fingerprint,
  type ProcedureDocument,
  type ReleaseDocument,
  releaseFormat,
} from "./release/document.ts";
export { type Contract, defineContract } from "./release/define-contract.ts";
export { ContractError, type Problem } from "./release/problem.ts";
export type {
  Definitions,
  Json,
  Schema,
  SchemaObject,
  SchemaType,
  WireType,
} from "./schema/schema.ts";
export { BigInteger, Bytes, Timestamp } from "./schema/wire-type.ts";
export { type CloseAction, type CloseCode, closeCode, type CloseName } from "./wire/close-code.ts";
export { classifyClose, type ClassifiedClose, isTerminal } from "./wire/close-classification.ts";
export type { LimitName, Limits } from "./wire/limits.ts";
export { type Metadata, type MetadataInit, metadataValue } from "./wire/metadata.ts";
