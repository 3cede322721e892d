/** All calls of one connection: frames in, frames out, on either side. */
import type { CallKind } from "../contract/procedure-kind.ts";
import { ConcordatError } from "../error/concordat-error.ts";
import type { Frame, OutgoingFrame } from "../wire/frame.ts";
import { FrameReader } from "../wire/frame-reader.ts";
import { isCounted } from "../wire/frame-kind.ts";
import type { SharedLimits, PeerLimits } from "../wire/limits.ts";
import { WireError } from "../wire/wire-error.ts";
import { type CallOpening, timeoutUntil } from "./call-opening.ts";
import type { Call, CallLink, CallRole } from "./call.ts";
import type { ConnectionCredit } from "./connection-credit.ts";
import type { FrameRate } from "./frame-rate.ts";
import type { LinkEar } from "./link-ear.ts";
import type { LinkOptions } from "./link-options.ts";
import type { LinkParts } from "./link-parts.ts";
import { costOf } from "./notification-cost.ts";
import type { LaneLink, NotificationLane, ReceivedNotification } from "./notification-lane.ts";
import type { CallTable } from "./open-calls.ts";
import type { Departure } from "./departure.ts";
import { Outbox } from "./outbox.ts";
import type { Replay } from "./replay.ts";

/** The calls of one connection. Knows no handshake: a session tells it what the peer announced. */
export class Link implements CallLink, LaneLink {
  readonly #parts: LinkParts;
  readonly limits: SharedLimits;
  #ear: LinkEar;
  readonly #outbox: Outbox;
  readonly #calls: CallTable<Call>;
  // Made when they are needed: most connections stream nothing, and are told nothing.
  #credit: ConnectionCredit | undefined;
  #lane: NotificationLane | undefined;
  /** Told when this link is gone for good: by a function that many may have in common. */
  whenGone: ((link: Link) => void) | undefined;
  /** Whether no connection will come any more. Set by {@link abandon}. */
  isGone = false;
  #peer: PeerLimits | undefined;
  #lastId = 0;
  readonly #reader: FrameReader;
  readonly #rate: FrameRate | undefined;

  constructor(options: LinkOptions) {
    this.#parts = options.parts;
    this.#calls = options.parts.newTable();
    this.limits = options.limits;
    this.#rate = options.rate;
    this.#reader = options.reader ?? new FrameReader(options.limits);
    this.#ear = options.ear;
    this.#outbox = new Outbox(options.limits, this);
  }

  /** The credit that all calls share; none where nothing streams. */
  get credit(): ConnectionCredit | undefined {
    return (this.#credit ??= this.#parts.credit?.(this, this.limits, this.#peer));
  }

  /** What is told and not answered; none where nothing is. */
  get notifications(): NotificationLane | undefined {
    return (this.#lane ??= this.#parts.lane?.(this, this.limits, this.#peer));
  }

  /** The notifications, where there was one. */
  get lane(): NotificationLane | undefined {
    return this.#lane;
  }

  /** The greatest id that was used. */
  get lastId(): number {
    return this.#lastId;
  }

  /** How many calls are open. */
  get size(): number {
    return this.#calls.size;
  }

  /** How many bytes of frames wait to be taken. */
  get waitingBytes(): number {
    return this.#outbox.waitingBytes;
  }

  /** When to look for calls whose deadline has passed, or `undefined`. */
  get wakeAt(): number | undefined {
    return this.#calls.dueAt;
  }

  /** What lets this link go on with another connection. */
  get replay(): Replay {
    return this.#outbox.replay;
  }

  /** The connection is gone, with which all that waited left, and another may come: until then `ear` is told. */
  park(ear: LinkEar): void {
    this.#ear = ear;
  }

  /**
   * Goes on with another connection, under another owner.
   *
   * @param frames How many frames of this side the peer says it has.
   * @returns false where what it lacks is gone, or it claims to have what was never sent.
   */
  resume(frames: number, ear: LinkEar): boolean {
    const before = this.#ear;
    this.#ear = ear;
    const isWhole = this.#outbox.resume(frames);
    if (!isWhole) this.#ear = before;
    return isWhole;
  }

  /** The peer announced its limits: streams may flow. */
  open(peer: PeerLimits): void {
    this.#peer = peer;
    this.#outbox.limitTo(peer);
    this.#credit?.grant(peer.connectionWindowBytes);
    for (const call of this.#calls.all()) call.grant(peer.streamWindowBytes);
    this.#lane?.grant(peer.streamWindowBytes);
  }

  /** Opens a call. @throws ConcordatError `resource_exhausted` when too many are open or the request is too large. */
  request(opening: CallOpening, now: number): Call {
    const limit = this.#peer?.callsInFlight ?? this.limits.callsInFlight;
    if (this.#calls.size >= limit) {
      const message = `No more calls than ${limit} may be open; wait for one to end.`;
      throw new ConcordatError("resource_exhausted", message, { notExecuted: true });
    }
    const { callKind, deadline, procedure, metadata, payload } = opening;
    // Taken before the frame is written: a getter of the request may make a call as well.
    const id = (this.#lastId += 1);
    const timeoutMs = timeoutUntil(deadline, now);
    try {
      this.emit({ kind: "request", id, procedure, timeoutMs, metadata, payload });
    } catch (error) {
      if (this.#lastId === id) this.#lastId -= 1;
      throw error;
    }
    return this.#start(id, callKind, deadline, "requester");
  }

  /** Takes a call of the other side, whose id is greater than all before it. */
  answer(id: number, kind: CallKind, deadline: number | undefined): Call {
    this.#lastId = id;
    return this.#start(id, kind, deadline, "responder");
  }

  /** Frames of the peer, in one message. @throws WireError when it broke the protocol: the session closes then. */
  receive(message: Uint8Array, now: number): void {
    const frames = this.#reader.frames(message);
    this.#rate?.spend(frames, now);
    for (const frame of frames) {
      if (isCounted(frame)) this.replay.count();
      this.#hear(frame, now);
    }
    this.replay.countMessage(message.length);
    this.#outbox.acknowledge("alone");
  }

  /** Ends the calls whose deadline has passed, and lets go of what only spares the next message an allocation. */
  tick(now: number): void {
    this.replay.slim();
    for (const call of this.#calls.due(now)) call.expire();
  }

  /** The messages to send now. */
  takeMessages(): readonly Uint8Array[] {
    return this.#outbox.takeMessages();
  }

  /** The connection is gone for good: what is open fails with the error that `reason` makes, where anything is. */
  abandon(reason: () => ConcordatError): void {
    this.isGone = true;
    let error: ConcordatError | undefined;
    for (const call of this.#calls.all()) call.abandon((error ??= reason()));
    this.#lane?.abandon((error ??= reason()));
    this.whenGone?.(this);
  }

  /** Queues a frame. Throws `resource_exhausted` when it, or its metadata, is larger than the peer accepts. */
  emit(frame: OutgoingFrame): void {
    this.#outbox.add(frame);
  }

  /** There is something to send. */
  pending(departure: Departure): void {
    this.#ear.pending(departure);
  }

  notification(received: ReceivedNotification): void {
    if (this.#ear.notification === undefined) received.done();
    else this.#ear.notification(received);
  }

  ended(call: Call): void {
    this.#calls.delete(call);
    this.#credit?.forget(call);
  }

  #start(id: number, kind: CallKind, deadline: number | undefined, role: CallRole): Call {
    const { streamWindowBytes: windowBytes } = this.limits;
    const sendCredit = this.#peer?.streamWindowBytes ?? 0;
    const call = this.#parts.makeCall(this, { id, kind, role, sendCredit, windowBytes, deadline });
    this.#calls.add(call);
    return call;
  }

  #hear(frame: Frame, now: number): void {
    switch (frame.kind) {
      case "request":
        if (this.#parts.accept === undefined) return this.#ear.session(frame);
        return this.#parts.accept(this, this.#ear, frame, now);
      case "credit":
        return (frame.id === 0 ? this.credit : this.#called(frame.id))?.grant(frame.bytes);
      case "notification":
        if (this.notifications !== undefined) return this.notifications.receive(frame);
        return this.emit({ kind: "notificationCredit", id: 0, bytes: costOf(frame) }); // dropped
      case "notificationCredit":
        return this.notifications?.grant(frame.bytes);
      case "ping":
        return this.emit({ kind: "pong", id: 0, token: frame.token });
      case "pong":
        return undefined; // that it came is all that counts, and the session has seen that
      case "ack":
        if (this.replay.acknowledge(frame.frames)) return undefined;
        throw new WireError(`${frame.frames} frames were acknowledged, more than were sent`);
      case "begin":
      case "goaway":
      case "renew":
      case "expiry":
      case "notice":
        return this.#ear.session(frame);
      default:
        return this.#deliver(frame);
    }
  }

  #deliver(frame: Parameters<Call["receive"]>[0]): void {
    // The connection's window counts every item, also one that crossed the end of its call.
    if (frame.kind === "item") this.credit?.received(frame.payload.length);
    const call = this.#called(frame.id);
    if (call !== undefined) return call.receive(frame);
    return frame.kind === "item" ? this.credit?.consumed(frame.payload.length) : undefined;
  }

  /** The call with that id; `undefined` where it is over. */
  #called(id: number): Call | undefined {
    if (id > this.#lastId) throw new WireError(`call ${id} was never opened`);
    return this.#calls.get(id);
  }
}
