/** The shape of each frame in memory. Payloads that came stay bytes here: only the call's release can read them. */
import type { Fault } from "./fault.ts";
import type { Metadata } from "./metadata.ts";
import type { Payload } from "./payload.ts";

/** A frame of wire revision 1; see `reference/frames.ts` for who sends it when. */
export type Frame<Carried extends Payload = Uint8Array> =
  | RequestFrame<Carried>
  | {
      readonly kind: "item";
      readonly id: number;
      readonly payload: Carried;
      /** Where the stream goes on behind this item, where its handler said so. */
      readonly cursor?: string;
    }
  | { readonly kind: "end"; readonly id: number; readonly metadata: Metadata }
  | ResponseFrame<Carried>
  | ErrorFrame
  | { readonly kind: "cancel"; readonly id: number; readonly code: number }
  | { readonly kind: "credit"; readonly id: number; readonly bytes: number }
  | { readonly kind: "leading"; readonly id: number; readonly metadata: Metadata }
  | NotificationFrame<Carried>
  | { readonly kind: "notificationCredit"; readonly id: 0; readonly bytes: number }
  | { readonly kind: "ping" | "pong"; readonly id: 0; readonly token: number }
  | { readonly kind: "ack"; readonly id: 0; readonly frames: number }
  | SessionFrame;

/** A frame on its way out. Only who answers calls has faults to write, and brings what writes them. */
export type OutgoingFrame =
  | Exclude<Frame<Payload>, { readonly kind: "error" }>
  | ErrorFrame<Payload>;

/** Ends a call badly. */
export interface ErrorFrame<Told = Fault> {
  readonly kind: "error";
  readonly id: number;
  readonly fault: Told;
  readonly metadata: Metadata;
}

/** About the connection as a whole, and for its two owners to act on. */
export type SessionFrame =
  | { readonly kind: "begin"; readonly id: 0 }
  | { readonly kind: "goaway"; readonly id: 0; readonly withinMs: number }
  | { readonly kind: "renew"; readonly id: 0; readonly credentials: string }
  | { readonly kind: "expiry"; readonly id: 0; readonly withinMs: number }
  | { readonly kind: "notice"; readonly id: 0; readonly text: string };

/** Opens a call. */
export interface RequestFrame<Carried extends Payload = Uint8Array> {
  readonly kind: "request";
  readonly id: number;
  /** Contract and procedure, joined by `/`: `orders/place`, `mcp/tools/list`. */
  readonly procedure: string;
  /** Milliseconds left when the frame was made; 0 where there is no deadline. Never a clock time: clocks differ. */
  readonly timeoutMs: number;
  readonly metadata: Metadata;
  /** The request as one MessagePack value; nil where the kind streams its requests. */
  readonly payload: Carried;
  /** How many values a frame holds that came: what is made of it may be many times as large as its bytes. */
  readonly values?: number;
}

/** Ends a unary or client-stream call well. */
export interface ResponseFrame<Carried extends Payload = Uint8Array> {
  readonly kind: "response";
  readonly id: number;
  readonly metadata: Metadata;
  readonly payload: Carried;
}

/** One message that nobody answers. */
export interface NotificationFrame<Carried extends Payload = Uint8Array> {
  readonly kind: "notification";
  readonly id: 0;
  /** Contract and procedure, joined by `/`. */
  readonly procedure: string;
  readonly metadata: Metadata;
  readonly payload: Carried;
}

/** The payload of a call that has none: MessagePack nil. */
export const nil: Uint8Array = Uint8Array.of(0xc0);

/** The greatest call id. Ids start at 1 and grow; a connection that reaches this is replaced. */
export const maxCallId = 0x7fffffff;
