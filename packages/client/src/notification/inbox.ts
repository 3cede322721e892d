/** The server's notifications on their way to whoever listens. */
import type { ReceivedNotification } from "@concordat/core/internal";
import type { Negotiated } from "../connection/negotiated.ts";
import type { Topic } from "./topic.ts";

/** The notifications of all contracts of one client, whatever the connection. */
export class Inbox {
  /** By contract and procedure, as they travel. */
  readonly #topics = new Map<string, Topic>();

  /** Whether anybody listens to anything. */
  get isListening(): boolean {
    return [...this.#topics.values()].some(({ isListening }) => isListening);
  }

  /** Adds what can be listened to. */
  add(topic: Topic): void {
    this.#topics.set(topic.path, topic);
  }

  /** One came. Where nobody listens, or the release of the connection has it in another form, it is dropped unread. */
  receive({ frame, done }: ReceivedNotification, negotiated: Negotiated): void {
    this.#topics.get(frame.procedure)?.tell(frame, negotiated);
    done();
  }
}
