/** The notifications of one connection, both ways: messages that nobody answers, each bounded by credit. */
import { ConcordatError } from "../error/concordat-error.ts";
import type { NotificationFrame, OutgoingFrame } from "../wire/frame.ts";
import type { Limits } from "../wire/limits.ts";
import { ReceiveWindow, SendCredit } from "./credit.ts";
import { costOf } from "./notification-cost.ts";
import type { Replay } from "./replay.ts";

/** Who sends a notification. Told exactly one of the three, of those that wait the newest first. */
export interface NotificationSender {
  /** It was handed to the connection; a session that is resumed brings it over exactly once. */
  sent(): void;
  /** It was not sent: the connection is gone for good, or takes no more. */
  unsent(): void;
  /** It cannot be sent on this connection: it is larger than the other side accepts. */
  failed(error: ConcordatError): void;
}

/** A notification that came. */
export interface ReceivedNotification {
  readonly frame: NotificationFrame;
  /** What it made happen is over: the other side may send as much again. Called once. */
  readonly done: () => void;
}

/** What a lane asks of the link that it belongs to. */
export interface LaneLink {
  readonly replay: Replay;
  /** Whether it takes nothing any more. */
  readonly isGone: boolean;
  emit(frame: OutgoingFrame): void;
  notification(received: ReceivedNotification): void;
}

type Windows = Pick<Limits, "streamWindowBytes">;

/** The notifications of one link. Survives with it from connection to connection. */
export class NotificationLane {
  readonly #link: LaneLink;
  readonly #credit: SendCredit;
  readonly #windowBytes: number;
  // Made when they are needed: most connections are told nothing, and tell nothing.
  #window: ReceiveWindow | undefined;
  #waiting: Map<NotificationSender, NotificationFrame> | undefined;
  #listeners: Set<(error: ConcordatError) => void> | undefined;
  #waitingBytes = 0;
  #running = 0;
  #hasSent = false;

  /** With what the two sides promise to receive; nothing may be sent before the peer has announced it. */
  constructor(link: LaneLink, own: Windows, peer: Windows | undefined) {
    this.#link = link;
    this.#windowBytes = own.streamWindowBytes;
    this.#credit = new SendCredit(peer?.streamWindowBytes ?? 0);
  }

  /** What waits for credit, in the unit of credit. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** How many wait for credit. */
  get waiting(): number {
    return this.#waiting?.size ?? 0;
  }

  /** Whether the other side may lack one that was sent, or is to be sent. */
  get isUnsettled(): boolean {
    return this.waiting > 0 || (this.#hasSent && !this.#link.replay.isConfirmed);
  }

  /** How many that came are not done. */
  get running(): number {
    return this.#running;
  }

  /** Sends a message now, or when there is credit for it, behind those that wait already. */
  send(frame: NotificationFrame, sender: NotificationSender): void {
    if (this.#link.isGone) return sender.unsent();
    this.#waiting ??= new Map();
    this.#waiting.set(sender, frame);
    this.#waitingBytes += costOf(frame);
    return this.#drain();
  }

  /** Takes a message back that waits. The sender is not told: it is the one who asks. */
  withdraw(sender: NotificationSender): void {
    const frame = this.#waiting?.get(sender);
    if (frame === undefined) return;
    this.#waiting?.delete(sender);
    this.#waitingBytes -= costOf(frame);
  }

  /**
   * A message of the peer.
   *
   * @throws WireError when the peer had no credit left to send it.
   */
  receive(frame: NotificationFrame): void {
    const cost = costOf(frame);
    this.#window ??= new ReceiveWindow(this.#windowBytes, 16);
    this.#window.received(cost);
    this.#running += 1;
    this.#link.notification({ frame, done: () => this.#done(cost) });
  }

  /**
   * The peer granted credit: what it announced, then what became free again.
   *
   * @throws WireError when it promises more than anybody could mean.
   */
  grant(bytes: number): void {
    this.#credit.grant(bytes);
    this.#drain();
  }

  /** Has `listener` told when the link is gone for good. The returned function stops that. */
  onAbandon(listener: (error: ConcordatError) => void): () => void {
    const listeners = (this.#listeners ??= new Set());
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Gives back what waits for credit, the newest first: whoever puts each before all others keeps their order. */
  giveBack(): void {
    for (const sender of [...(this.#waiting?.keys() ?? [])].toReversed()) {
      this.withdraw(sender);
      sender.unsent();
    }
  }

  /** The link is gone for good. */
  abandon(error: ConcordatError): void {
    this.giveBack();
    for (const listener of this.#listeners ?? []) {
      this.#listeners?.delete(listener);
      listener(error);
    }
  }

  #drain(): void {
    // A map's walk passes over all that have left of late: with thousands in line that is most of what one costs.
    if (!this.#credit.isOpen) return;
    for (const [sender, frame] of this.#waiting ?? []) {
      if (!this.#credit.isOpen) return;
      this.withdraw(sender);
      try {
        this.#link.emit(frame);
      } catch (thrown) {
        sender.failed(ConcordatError.from(thrown, "internal"));
        continue;
      }
      this.#hasSent = true;
      this.#credit.spend(costOf(frame));
      sender.sent();
    }
  }

  #done(cost: number): void {
    this.#running -= 1;
    const bytes = this.#window?.consumed(cost) ?? 0;
    if (bytes > 0 && !this.#link.isGone)
      this.#link.emit({ kind: "notificationCredit", id: 0, bytes });
  }
}
