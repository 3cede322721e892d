/** The kinds that nobody answers, each by itself: a page loads only those that its contracts have. */
import { notificationPart } from "@concordat/core/internal";
import { orEmpty } from "../call/call-function.ts";
import { Hold } from "../connection/hold.ts";
import { Inbox } from "../connection/inbox.ts";
import { sendNotification } from "../notification/outgoing-notification.ts";
import { Topic } from "../notification/topic.ts";
import type { MemberOfNotification } from "./member.ts";

/** Makes a function whose promise settles when the message has left. */
export const clientNotification: MemberOfNotification = (caller, procedure) => {
  Object.assign(caller.loaded.links, notificationPart);
  return (message: unknown, options) =>
    sendNotification(caller, procedure, orEmpty(message), options);
};

/** Makes something to listen to. */
export const serverNotification: MemberOfNotification = (caller, procedure) => {
  const { loaded, connector, listeners } = caller;
  Object.assign(loaded.links, notificationPart);
  loaded.holdOf = (clock) => new Hold(clock);
  const inbox = (loaded.inbox ??= new Inbox(connector));
  const topic = new Topic({
    procedure,
    later: (run) => caller.clock.endOfTurn(run),
    listening: () => inbox.connect(),
    unreadable: (error) => listeners.emit("unreadable", error),
  });
  inbox.add(topic);
  return topic;
};
