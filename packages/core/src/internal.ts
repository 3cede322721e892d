/** `@concordat/core/internal`: names for Concordat's own packages. Outside semantic versioning. */

export { DeclaredPlace } from "./adapter/declared-place.ts";
export { type Reversal, reversed } from "./adapter/reversed.ts";
export { compileSteps } from "./adapter/step-tree.ts";
export { namesIn, pointerTo } from "./adapter/step.ts";
export type {
  ClientContract,
  ClientOffer,
  ClientProcedure,
  ProcedureForm,
  Offer,
} from "./contract/client-contract.ts";
export { isContractName, isProcedureName, isSegment } from "./contract/name.ts";
export { type NameTree, nameTree } from "./contract/name-tree.ts";
export { canonicalJson, readableJson } from "./release/canonical.ts";
export { contractFingerprint, fingerprintOf, procedureFingerprint } from "./release/fingerprint.ts";
export {
  compareReleaseNumbers,
  isBelowFloor,
  isReleaseNumber,
  isSameLine,
  majorOf,
  nextReleaseNumber,
  type Step,
} from "./release/number.ts";
export { type ServerContract, workingTree } from "./release/server-contract.ts";
export { type KeywordRole, keywords, roleOf } from "./schema/keyword.ts";
export { unmetDemand } from "./schema/keyword-value.ts";
export { isPropertyName } from "./schema/property-name.ts";
export { definitionPrefix } from "./schema/schema.ts";
export { Mismatch, type Shape } from "./schema/shape.ts";
export { compiledCombinators } from "./schema/compiled-combinators.ts";
export { shapeOf, shapesIn } from "./schema/shape-of-schema.ts";
export { Call, type CallRole } from "./call/call.ts";
export type { CallEar } from "./call/call-ear.ts";
export { type CallAct, type CallState, callTransitions } from "./call/call-state.ts";
export type { CallOpening } from "./call/call-opening.ts";
export { Gate } from "./call/gate.ts";
export { type AnyIterator, iteratorOf } from "./call/iterator-of.ts";
export { Link } from "./call/link.ts";
export {
  everyPart,
  type LinkParts,
  notificationPart,
  streamPart,
  tablePart,
  unaryPart,
} from "./call/link-parts.ts";
export type {
  NotificationLane,
  NotificationSender,
  ReceivedNotification,
} from "./call/notification-lane.ts";
export { type Around, runThrough } from "./contract/chain.ts";
export { cursorKey, type Cursored, isCursored, maxCursorBytes } from "./contract/cursor.ts";
export { callKinds, isCallKind } from "./contract/procedure-kind.ts";
export { endOfOwnCall, isForCaller, messageOf } from "./error/concordat-error.ts";
export { present } from "./error/present.ts";
export { statusNumbers } from "./error/status-code.ts";
export { frameRules } from "./reference/frames.ts";
export { type Hello, helloFromMessage, helloToText, mostOffers } from "./handshake/hello.ts";
export {
  inspectCapability,
  type InspectedContract,
  type InspectedRelease,
  type Inspection,
  inspectionIn,
  mostInspected,
} from "./handshake/inspection.ts";
export {
  HandshakeFault,
  isObject,
  type JsonMessage,
  jsonMessage,
  longestText,
  member,
  webUrl,
} from "./handshake/json-message.ts";
export { refusalFromJson, refusalToJson, rejectToText } from "./handshake/reject.ts";
export {
  type Welcome,
  type WelcomedContract,
  welcomeFromJson,
  welcomeToText,
} from "./handshake/welcome.ts";
export { type Agreement, negotiate, type Negotiation } from "./negotiation/negotiate.ts";
export {
  type ContractOutcome,
  type ContractRequest,
  negotiateAll,
} from "./negotiation/negotiate-all.ts";
export { rangeInWords, rangeOf, refusal, type Refusal } from "./negotiation/refusal.ts";
export {
  errorOfRefusal,
  msIn,
  reasonOfRefusal,
  reasonValues,
  refusalFromClose,
} from "./negotiation/refusal-reason.ts";
export type { ServedContract, ServedRelease } from "./negotiation/served-contract.ts";
export { freeze } from "./release/freeze.ts";
export { readRelease } from "./release/read-document.ts";
export { ClientSession } from "./session/client-session.ts";
export type { ClientSessionEar, SessionEnd } from "./session/client-session-ear.ts";
export { DetachedLink } from "./session/detached-link.ts";
export { Patience } from "./session/patience.ts";
export { pump, type PumpOptions } from "./session/pump.ts";
export { slowReader } from "./session/slow-reader.ts";
export { connectionGone } from "./session/connection-gone.ts";
export { ServerSession } from "./session/server-session.ts";
export type { ServerSessionEar } from "./session/server-session-ear.ts";
export type { Session, SessionPort } from "./session/session-port.ts";
export {
  clientTransitions,
  serverTransitions,
  type SessionAct,
  type SessionState,
} from "./session/session-state.ts";
export { Agenda } from "./transport/agenda.ts";
export { type Alarm, WakeUp } from "./transport/alarm.ts";
export { type Clock, wallTime } from "./transport/clock.ts";
export { systemClock } from "./transport/system-clock.ts";
export { MemoryTransport } from "./transport/memory-transport.ts";
export type { Transport, TransportListener } from "./transport/transport.ts";
export { closeSocket } from "./transport/web-socket-transport.ts";
export {
  applyMask,
  headBytes,
  maskBit,
  maskBytes,
  putHead,
  wholeBytes,
  wholeText,
} from "./transport/web-socket-frame.ts";
export {
  type MessageTaker,
  type ReadingSocket,
  WholeMessages,
} from "./transport/whole-messages.ts";
export type { FrameEdges } from "./transport/frame-edges.ts";
export { type ByteBudget, endOfValue } from "./wire/byte-budget.ts";
export {
  type CloseReason,
  formatReason,
  maxReasonBytes,
  parseReason,
} from "./wire/close-reason.ts";
export { type Encoding, encodings, isEncoding, offeredEncodings } from "./wire/encoding.ts";
export { errorFromFault, type Fault, type FaultDetail, faultFrom } from "./wire/fault.ts";
export {
  type Frame,
  maxCallId,
  nil,
  type NotificationFrame,
  type RequestFrame,
} from "./wire/frame.ts";
export { Output } from "./wire/output.ts";
export type { Payload, PayloadSource } from "./wire/payload.ts";
export { putRaw, type Sink } from "./wire/sink.ts";
export { framesFromBytes, frameToBytes } from "./wire/frame-bytes.ts";
export { FrameReader } from "./wire/frame-reader.ts";
export { type FrameKind, ignorableFrom } from "./wire/frame-kind.ts";
export {
  announce,
  limitDefaults,
  type Limits,
  limitsWith,
  type PeerLimits,
  type SharedLimits,
  sharedLimitsWith,
} from "./wire/limits.ts";
export { metadataBytes, metadataFrom, noMetadata } from "./wire/metadata.ts";
export {
  parseRoutingToken,
  revisionOfToken,
  routingToken,
  tokenOfRevision,
  wireRevisions,
} from "./wire/revision.ts";
export { bytesToValue, valueToBytes } from "./wire/values.ts";
export { WireError } from "./wire/wire-error.ts";
export { type CombinatorName, combinators } from "./schema/combinator.ts";
export type {
  Argument,
  Call as ShapeCall,
  Expression,
  Member,
} from "./schema/expression/expression.ts";
export { expressionOf } from "./schema/expression/schema-expression.ts";
export type { CloseName } from "./wire/close-code.ts";
export { allOf } from "./schema/all-of-shape.ts";
export { anything, nothing } from "./schema/anything-shape.ts";
export { array, tuple, type TupleRules } from "./schema/array-shape.ts";
export type { ArrayRules } from "./schema/array-rules.ts";
export { boolean } from "./schema/boolean-shape.ts";
export { type Condition, conditional, not } from "./schema/condition-shape.ts";
export { byKind, type ShapesByKind } from "./schema/kind-shape.ts";
export { literal } from "./schema/literal-shape.ts";
export { integer, number, type NumberRules } from "./schema/number-shape.ts";
export type { ObjectRules } from "./schema/object-rules.ts";
export { type DeclaredObjectRules, object, record } from "./schema/object-shape.ts";
export { openObject, type OpenObjectRules } from "./schema/open-object-shape.ts";
export { optional, type OptionalProperty, type Properties } from "./schema/property.ts";
export { reference } from "./schema/reference-shape.ts";
export { string, type StringRules } from "./schema/string-shape.ts";
export { exactlyOne, union } from "./schema/union-shape.ts";
export { bigInteger, bytes, timestamp } from "./schema/wire-type-shape.ts";
export { compiled } from "./codec/compiled.ts";
export type { CodecFunction, CodecStatement, CodeValue, Piece } from "./codec/emit/code.ts";
export { Emitter } from "./codec/emit/emitter.ts";
export { runtime } from "./codec/emit/runtime.ts";
export { detailOfMessage, messageOfDetail } from "./codec/error-detail.ts";
export {
  messageBytes,
  putMessage,
  type MessageReader,
  type MessageWriter,
  plainReader,
  plainWriter,
  textReader,
  textWriter,
} from "./codec/message-codec.ts";
export { ReleaseNodes } from "./codec/node/release-nodes.ts";
export { interpreted, type MakeRunner, ReleaseCodecs } from "./codec/release-codecs.ts";
export { Reader } from "./codec/read/reader.ts";
export { Writer } from "./codec/write/writer.ts";
export * from "./codec/stub-runtime.ts";
