/** One open socket with a session on it, and what was agreed on over it. */
import type { ConcordatError, Notice } from "@concordat/core";
import {
  type Call,
  type CallOpening,
  ClientSession,
  type ClientSessionEar,
  type Clock,
  type NotificationLane,
  pump,
  type ReceivedNotification,
  type SessionEnd,
  type SharedLimits,
  type Transport,
  type Welcome,
} from "@concordat/core/internal";
import { type Random, randomWord } from "./random.ts";
import type { LoadedParts } from "./loaded-parts.ts";
import type { ConnectionEnd } from "../socket/connection-end.ts";
import type { Credentials } from "./credentials.ts";
import { helloOf } from "./client-hello.ts";
import type { Hold } from "./hold.ts";
import { Negotiated, type OwnContract } from "./negotiated.ts";
import type { NoticeBoard } from "./notice-board.ts";
import type { WaitingCall } from "./pending-calls.ts";
import { Renewal } from "./renewal.ts";
import { requestBytes } from "./request-bytes.ts";
import { SendRoom } from "./send-room.ts";
import type { Resume } from "./survivor.ts";

/** What all connections of a client share. */
export interface ConnectionOptions {
  readonly contracts: readonly OwnContract[];
  /** What the client says about itself. */
  readonly client: { readonly name?: string; readonly version?: string };
  readonly limits: SharedLimits;
  readonly clock: Clock;
  readonly random: Random;
  readonly loaded: LoadedParts;
  readonly credentials: Credentials;
  /** How long the application's functions may take. */
  readonly timeoutMs: number;
}

/** What one connection starts from. */
export interface ConnectionStart {
  readonly transport: Transport;
  readonly auth: unknown;
  /** The calls to go on with, where another connection was lost. */
  readonly resume: Resume | undefined;
}

/** The owner of a connection. */
export interface ConnectionEar {
  /** Calls that had to wait although the welcome was read may be sent now. */
  writable(connection: Connection): void;
  /** `isResumed`: the calls to go on with go on. */
  welcomed(connection: Connection, welcome: Welcome, isResumed: boolean): void;
  goaway(connection: Connection, withinMs: number): void;
  /** No call can be made on it any more; the one that was to be made has to wait for another connection. */
  usedUp(connection: Connection): void;
  /** Told of what a person should know. */
  readonly notices: Pick<NoticeBoard, "tell">;
  /** Told once, before the open calls fail with the error that the returned function makes. `undefined` keeps them for another connection. */
  ended(connection: Connection, end: ConnectionEnd): (() => ConcordatError) | undefined;
}

/** A connection, from the turn in which its socket opened. */
export class Connection implements ClientSessionEar {
  readonly #options: ConnectionOptions;
  readonly #ear: ConnectionEar;
  readonly #session: ClientSession;
  readonly #room: SendRoom;
  readonly #renewal: Renewal;
  /** Calls that were sent ahead of the welcome, in order. */
  readonly #early = new Set<WaitingCall>();
  readonly #hold: Hold | undefined;
  #canRenew = false;
  /** The last one that came here: a close that ends a release has no room for it. */
  #notice: Notice | undefined;
  /** What was agreed on; before the welcome, what the client hopes for. Set by the welcome. */
  negotiated: Negotiated;
  /** Whether it takes no new calls any more, and ends with its last one. Set by {@link leave}. */
  isLeaving = false;

  constructor(
    options: ConnectionOptions,
    { transport, auth, resume }: ConnectionStart,
    ear: ConnectionEar,
  ) {
    const { contracts, limits, clock, random, loaded } = options;
    this.#options = options;
    this.#ear = ear;
    this.negotiated = Negotiated.presumed(contracts);
    this.#hold = loaded.holdOf?.(clock);
    const waiting = (): number => transport.bufferedBytes + this.#session.waitingBytes;
    this.#room = new SendRoom(waiting, clock, limits.bufferedBytes / 2, () => ear.writable(this));
    this.#renewal = new Renewal(options, (fresh) => this.#session.renew(fresh));
    this.#session = pump({
      transport,
      clock,
      limits,
      watch: loaded.watch,
      session: (port, now) =>
        new ClientSession({
          hello: helloOf(options, auth),
          parts: loaded.links,
          grease: randomWord(random),
          limits,
          port,
          ear: this,
          now,
          resume,
        }),
    });
  }

  /** Whether the welcome was read. */
  get isOpen(): boolean {
    return this.#session.state === "open";
  }

  /**
   * Opens a call, or returns `undefined` where it has to wait: for the welcome, or for the socket.
   *
   * @throws ConcordatError `resource_exhausted` where a limit is reached.
   */
  request(opening: CallOpening, sender: WaitingCall, now: number): Call | undefined {
    const session = this.#session;
    if (session.isUsedUp) return void (this.isOpen && this.#ear.usedUp(this));
    const bytes = requestBytes(opening);
    if (!session.mayRequest(bytes) || !this.#room.has(bytes)) return undefined;
    const isEarly = !this.isOpen;
    const call = session.request(opening, now);
    if (isEarly) this.#early.add(sender);
    return call;
  }

  /**
   * Where a notification of so many bytes goes, or `undefined` where it has to wait: for the welcome, or for the socket.
   *
   * None is sent ahead of the welcome: where the server drops early data, nobody would know whether to send it again.
   */
  notificationLane(bytes: number): NotificationLane | undefined {
    const lane = this.#session.notifications;
    if (lane === undefined || !this.#room.has(bytes)) return undefined;
    return lane;
  }

  /** A call that was sent here is over. */
  settled(sender: WaitingCall): void {
    this.#early.delete(sender);
    this.#closeWhenDone();
  }

  /** The calls that were sent ahead of a welcome that never came, or said that they were dropped. */
  takeEarly(): readonly WaitingCall[] {
    const early = [...this.#early];
    this.#early.clear();
    return early;
  }

  /** Whether no call is open on it. */
  get isIdle(): boolean {
    return this.#session.callsOpen === 0;
  }

  /** Does not leave before its {@link release}. */
  stay(): void {
    this.#hold?.take();
  }

  /** Finishes the open calls, then closes; where it has to {@link stay}, not before its {@link release}. No new call comes. */
  leave(): void {
    this.isLeaving = true;
    this.#session.notifications?.giveBack();
    this.#closeWhenDone();
  }

  /** Nobody needs it any more but its own calls. */
  release(): void {
    this.#hold?.release(() => this.#closeWhenDone());
  }

  /** Closes now. Open calls fail where the code says so. See `ClientSession.close` for `told`. */
  close(code: number, reason: string, told?: number): void {
    this.#session.close(code, reason, undefined, told);
  }

  /** Sends fresh credentials, where the server takes them on a connection that is open. */
  renew(): void {
    if (this.#canRenew) this.#renewal.now();
  }

  /** Timers may be late, and the network another one: looks whether the server is there. */
  look(): void {
    this.#session.doubt(this.#options.clock.now());
  }

  welcome(welcome: Welcome, isResumed: boolean): void {
    this.negotiated = Negotiated.from(welcome, this.#options.contracts);
    this.#canRenew = welcome.capabilities.includes("renew");
    if (welcome.early === "accepted") this.#early.clear();
    this.expiry(welcome.auth?.expiresInMs);
    this.#ear.welcomed(this, welcome, isResumed);
  }

  notification(received: ReceivedNotification): void {
    const { inbox } = this.#options.loaded;
    if (inbox === undefined) received.done();
    else inbox.receive(received, this.negotiated);
  }

  goaway(withinMs: number): void {
    this.#ear.goaway(this, withinMs);
  }

  expiry(withinMs: number | undefined): void {
    // A server that takes none on a connection would close it over them, whatever it says of time.
    if (this.#canRenew) this.#renewal.expiresIn(withinMs);
  }

  notice(notice: Notice): void {
    // A close says that a release is not served any more, and no more: what was said of a call does not explain it.
    if (notice.procedure === undefined) this.#notice = notice;
    this.#ear.notices.tell(notice);
  }

  ended(end: SessionEnd): (() => ConcordatError) | undefined {
    this.#room.close();
    this.#renewal.stop();
    this.#hold?.stop();
    return this.#ear.ended(this, { ...end, notice: this.#notice });
  }

  #closeWhenDone(): void {
    if (!this.isLeaving) return;
    // At the end of the turn: frames behind the one that ended the last call may still be read.
    this.#options.clock.endOfTurn(() => {
      if (this.isIdle && this.#hold?.isOn !== true) this.close(1000, "");
    });
  }
}
