/** Frames of every kind, made by chance. */
import * as fc from "fast-check";
import { type StatusCode, statusNumbers } from "../../src/error/status-code.ts";
import type { Frame } from "../../src/wire/frame.ts";
import { maxCallId } from "../../src/wire/frame.ts";
import type { Metadata } from "../../src/wire/metadata.ts";
import { valueToBytes } from "../../src/wire/values.ts";

const count = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const callId = fc.integer({ min: 1, max: maxCallId });

/** Well-formed text of all planes. */
const text: fc.Arbitrary<string> = fc.string({ unit: "binary" });

const key = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}$/);

export const metadata: fc.Arbitrary<Metadata> = fc.array(
  fc.tuple(key, fc.oneof(text, fc.uint8Array({ maxLength: 20 }))),
  { maxLength: 6 },
);

/** Values that come back from the wire exactly as they went. */
export const travelling: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0 || 0), // -0 becomes 0
    text,
    fc.uint8Array({ maxLength: 50 }),
    fc.date({ noInvalidDate: true }),
    fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(
      text.filter((name) => name !== "__proto__"),
      tie("value"),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
})).value;

const payload = travelling.map((value) => valueToBytes(value));

const fault = fc.record(
  {
    code: fc.constantFrom(...(Object.keys(statusNumbers) as StatusCode[])), // the table's own keys
    message: text,
    detail: fc.option(fc.record({ name: key, payload }), { nil: undefined }),
    retryAfterMs: fc.option(count, { nil: undefined }),
    notExecuted: fc.constant(true),
  },
  { requiredKeys: ["code", "message", "detail", "retryAfterMs"] },
);

/** One arbitrary for each kind, so that a kind that is added is missed by the compiler here. */
export const framesByKind: { readonly [Kind in Frame["kind"]]: fc.Arbitrary<Frame> } = {
  request: fc.record({
    kind: fc.constant("request"),
    id: callId,
    procedure: text,
    timeoutMs: count,
    metadata,
    payload,
  }),
  item: fc.oneof(
    fc.record({ kind: fc.constant("item"), id: callId, payload }),
    fc.record({ kind: fc.constant("item"), id: callId, payload, cursor: text }),
  ),
  end: fc.record({ kind: fc.constant("end"), id: callId, metadata }),
  response: fc.record({ kind: fc.constant("response"), id: callId, metadata, payload }),
  error: fc.record({ kind: fc.constant("error"), id: callId, fault, metadata }),
  cancel: fc.record({ kind: fc.constant("cancel"), id: callId, code: count }),
  credit: fc.record({
    kind: fc.constant("credit"),
    id: fc.oneof(fc.constant(0), callId),
    bytes: count,
  }),
  notification: fc.record({
    kind: fc.constant("notification"),
    id: fc.constant(0),
    procedure: text,
    metadata,
    payload,
  }),
  notificationCredit: fc.record({
    kind: fc.constant("notificationCredit"),
    id: fc.constant(0),
    bytes: count,
  }),
  leading: fc.record({ kind: fc.constant("leading"), id: callId, metadata }),
  ping: fc.record({ kind: fc.constant("ping"), id: fc.constant(0), token: count }),
  pong: fc.record({ kind: fc.constant("pong"), id: fc.constant(0), token: count }),
  ack: fc.record({ kind: fc.constant("ack"), id: fc.constant(0), frames: count }),
  begin: fc.record({ kind: fc.constant("begin"), id: fc.constant(0) }),
  goaway: fc.record({ kind: fc.constant("goaway"), id: fc.constant(0), withinMs: count }),
  renew: fc.record({ kind: fc.constant("renew"), id: fc.constant(0), credentials: text }),
  expiry: fc.record({ kind: fc.constant("expiry"), id: fc.constant(0), withinMs: count }),
  notice: fc.record({ kind: fc.constant("notice"), id: fc.constant(0), text }),
};

export const frame: fc.Arbitrary<Frame> = fc.oneof(...Object.values(framesByKind));

/** A frame that came, without what was counted of it. */
export function asSent(came: Frame): Frame {
  if (came.kind !== "request") return came;
  const { values: _values, ...sent } = came;
  return sent;
}
