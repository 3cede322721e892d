/** The kinds that nobody answers, each by itself: a page loads only those that its contracts have. */
import { orEmpty } from "../call/call-function.ts";
import { sendNotification } from "../notification/outgoing-notification.ts";
import { Topic } from "../notification/topic.ts";
import type { MemberOfNotification } from "./member.ts";

/** Makes a function whose promise settles when the message has left. */
export const clientNotification: MemberOfNotification =
  (caller, procedure) => (message: unknown, options) =>
    sendNotification(caller, procedure, orEmpty(message), options);

/** Makes something to listen to. */
export const serverNotification: MemberOfNotification = (caller, procedure) => {
  const topic = new Topic({ procedure, ...caller.listening });
  caller.inbox.add(topic);
  return topic;
};
