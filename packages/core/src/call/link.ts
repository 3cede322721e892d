/** All calls of one connection: frames in, frames out, on either side. */
import type { CallKind } from "../contract/procedure-kind.ts";
import { ConcordatError } from "../error/concordat-error.ts";
import type { Frame, OutgoingFrame, RequestFrame } from "../wire/frame.ts";
import { FrameReader } from "../wire/frame-reader.ts";
import { isCounted } from "../wire/frame-kind.ts";
import type { Limits, PeerLimits } from "../wire/limits.ts";
import { WireError } from "../wire/wire-error.ts";
import type { CallOpening } from "./call-opening.ts";
import { Call, type CallLink, type CallRole } from "./call.ts";
import { ConnectionCredit } from "./connection-credit.ts";
import { FrameRate } from "./frame-rate.ts";
import type { LinkEar } from "./link-ear.ts";
import type { LinkOptions } from "./link-options.ts";
import { type LaneLink, NotificationLane, type ReceivedNotification } from "./notification-lane.ts";
import { OpenCalls } from "./open-calls.ts";
import { Outbox } from "./outbox.ts";
import type { Replay } from "./replay.ts";

/** The calls of one connection. Knows no handshake: a session tells it what the peer announced. */
export class Link implements CallLink, LaneLink {
  readonly #role: CallRole;
  readonly #limits: Limits;
  #ear: LinkEar;
  readonly #outbox: Outbox;
  readonly #calls = new OpenCalls<Call>();
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
    this.#role = options.role;
    this.#limits = options.limits;
    if (options.role === "responder") this.#rate = new FrameRate(options.limits.framesPerSecond);
    this.#reader = options.reader ?? new FrameReader(options.limits);
    this.#ear = options.ear;
    this.#outbox = new Outbox(options.limits, this);
  }

  /** The credit that all calls share. */
  get credit(): ConnectionCredit {
    return (this.#credit ??= new ConnectionCredit(this, this.#limits, this.#peer));
  }

  /** What is told and not answered. */
  get notifications(): NotificationLane {
    return (this.#lane ??= new NotificationLane(this, this.#limits, this.#peer));
  }

  /** How many notifications that came are not done. */
  get notified(): number {
    return this.#lane?.running ?? 0;
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

  /** The connection is gone and another may come: until then `ear` is told. What waits is kept by the replay. */
  park(ear: LinkEar): void {
    this.#ear = ear;
    this.#outbox.park();
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
    const limit = this.#peer?.callsInFlight ?? this.#limits.callsInFlight;
    if (this.#calls.size >= limit) {
      const message = `${limit} calls are open already; wait for one to end.`;
      throw new ConcordatError("resource_exhausted", message);
    }
    const { callKind, deadline, procedure, metadata, payload } = opening;
    // Taken before the frame is written: a getter of the request may make a call as well.
    const id = (this.#lastId += 1);
    const timeoutMs = deadline === undefined ? 0 : Math.max(1, Math.ceil(deadline - now));
    try {
      this.emit({ kind: "request", id, procedure, timeoutMs, metadata, payload });
    } catch (error) {
      if (this.#lastId === id) this.#lastId -= 1;
      throw error;
    }
    return this.#start(id, callKind, deadline);
  }

  /** Frames of the peer, in one message. @throws WireError when it broke the protocol: the session closes then. */
  receive(message: Uint8Array, now: number): void {
    const frames = this.#reader.frames(message);
    this.#rate?.spend(frames, now);
    for (const frame of frames) {
      if (isCounted(frame.kind)) this.replay.count();
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

  /** The connection is gone for good: every open call fails with `error`. */
  abandon(error: ConcordatError): void {
    this.isGone = true;
    for (const call of this.#calls.all()) call.abandon(error);
    this.#lane?.abandon(error);
    this.whenGone?.(this);
  }

  /** Queues a frame. Throws `resource_exhausted` when it, or its metadata, is larger than the peer accepts. */
  emit(frame: OutgoingFrame): void {
    this.#outbox.add(frame);
  }

  /** There is something to send. */
  pending(streams: boolean): void {
    this.#ear.pending(streams);
  }

  notification(received: ReceivedNotification): void {
    this.#ear.notification(received);
  }

  ended(call: Call): void {
    this.#calls.delete(call);
    if (call.streams) this.#credit?.forget(call);
  }

  #start(id: number, kind: CallKind, deadline: number | undefined): Call {
    const { streamWindowBytes: windowBytes } = this.#limits;
    const sendCredit = this.#peer?.streamWindowBytes ?? 0;
    const call = new Call(this, { id, kind, role: this.#role, sendCredit, windowBytes, deadline });
    this.#calls.add(call);
    return call;
  }

  #hear(frame: Frame, now: number): void {
    switch (frame.kind) {
      case "request":
        return this.#accept(frame, now);
      case "credit":
        return (frame.id === 0 ? this.credit : this.#called(frame.id))?.grant(frame.bytes);
      case "notification":
        return this.notifications.receive(frame);
      case "notificationCredit":
        return this.notifications.grant(frame.bytes);
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
    if (frame.kind === "item") this.credit.received(frame.payload.length);
    const call = this.#called(frame.id);
    if (call !== undefined) return call.receive(frame);
    return frame.kind === "item" ? this.credit.consumed(frame.payload.length) : undefined;
  }

  /** The call with that id; `undefined` where it is over. */
  #called(id: number): Call | undefined {
    if (id > this.#lastId) throw new WireError(`call ${id} was never opened`);
    return this.#calls.get(id);
  }

  #accept(frame: RequestFrame, now: number): void {
    if (this.#role === "requester") throw new WireError("this side answers no calls");
    if (frame.id <= this.#lastId) throw new WireError(`the call id ${frame.id} was used before`);
    this.#lastId = frame.id;
    // A call of an unknown procedure is refused by the one who is asked; its kind does not matter.
    const kind = this.#ear.kindOf(frame.procedure) ?? "unary";
    const deadline = frame.timeoutMs === 0 ? undefined : now + frame.timeoutMs;
    const isFull = this.#calls.size >= this.#limits.callsInFlight;
    const call = this.#start(frame.id, kind, deadline);
    if (!isFull) return this.#ear.request(call, frame, now);
    const message = `More than ${this.#limits.callsInFlight} calls are open on this connection.`;
    return call.fail(new ConcordatError("resource_exhausted", message));
  }
}
