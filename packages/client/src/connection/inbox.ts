/** The server's notifications on their way to whoever listens. */
import type { NotificationFrame, ReceivedNotification } from "@concordat/core/internal";
import { nothing, want } from "./connected.ts";
import type { Connector } from "./connector.ts";
import type { Negotiated } from "./negotiated.ts";

/** One kind of message that can be listened to. */
interface Topic {
  /** Contract and procedure, as it travels. */
  readonly path: string;
  readonly isListening: boolean;
  tell(frame: NotificationFrame, negotiated: Negotiated): void;
}

/** The notifications of all contracts of one client, whatever the connection. Keeps it connected while somebody listens. */
export class Inbox {
  readonly #connector: Pick<Connector, "state" | "submit">;
  /** By contract and procedure, as they travel. */
  readonly #topics = new Map<string, Topic>();

  constructor(connector: Pick<Connector, "state" | "submit">) {
    this.#connector = connector;
  }

  /** Whether anybody listens to anything. */
  get isListening(): boolean {
    return [...this.#topics.values()].some(({ isListening }) => isListening);
  }

  /** Adds what can be listened to. */
  add(topic: Topic): void {
    this.#topics.set(topic.path, topic);
  }

  /** Wants a connection where somebody listens. What stopped a client is for its calls and its events to tell. */
  connect(): void {
    if (this.#connector.state === "idle" && this.isListening)
      want(this.#connector, nothing, nothing);
  }

  /** One came. Where nobody listens, or the release of the connection has it in another form, it is dropped unread. */
  receive({ frame, done }: ReceivedNotification, negotiated: Negotiated): void {
    this.#topics.get(frame.procedure)?.tell(frame, negotiated);
    done();
  }
}
