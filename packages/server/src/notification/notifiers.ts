/** The functions that send a contract's notifications, nested as their names are. */
import { ConcordatError, type Metadata, type MetadataInit } from "@concordat/core";
import {
  type Encoding,
  endOfOwnCall,
  metadataFrom,
  Mismatch,
  type NameTree,
  nameTree,
  type NotificationFrame,
  type NotificationSender,
} from "@concordat/core/internal";

import { dialectOf } from "../service/agreed-procedures.ts";
import type { Addressee } from "../call/caller-error.ts";
import type { Log } from "../log/log.ts";
import type { ProcedurePlan } from "../service/procedure-plan.ts";
import type { Service } from "../service/service.ts";
import type { Member } from "./audience.ts";
import { tellRefusal } from "./tell-refusal.ts";

/** What sending needs beside the contract. */
export interface NotifierOptions {
  readonly service: Service;
  /** To whom, each time that something is sent. */
  readonly members: () => Iterable<Member>;
  readonly log: Log;
  readonly metadataBytes: number;
  /** What may wait for one client before it is given up. */
  readonly bufferedBytes: number;
}

type Send = (message: unknown, options?: { readonly metadata?: MetadataInit }) => number;

/** Makes the functions: `jobs/done` becomes `done` in `jobs`. */
export function notifiers(options: NotifierOptions): NameTree<Send> {
  const { service, metadataBytes } = options;
  return nameTree(
    service.notifications.map((name): [string, Send] => [
      name,
      (message, { metadata } = {}) =>
        send(options, name, message, metadataFrom(metadata, metadataBytes)),
    ]),
  );
}

function send(
  { service, members, log, metadataBytes, bufferedBytes }: NotifierOptions,
  name: string,
  given: unknown,
  metadata: Metadata,
): number {
  const message = checked(service, name, given);
  // Clients whose releases have it in one form are sent the same bytes.
  const frames: Record<Encoding, Map<ProcedurePlan, NotificationFrame | undefined>> = {
    positional: new Map(),
    msgpack: new Map(),
  };
  let count = 0;
  for (const member of members()) {
    const { link, contracts } = member;
    const admitted = contracts.get(service.name);
    if (admitted?.service !== service) continue;
    const dialect = dialectOf(admitted);
    const made = frames[dialect.encoding];
    let isTold = false;
    for (const plan of service.notificationPlans(admitted.index, name)) {
      const to = { plan, dialect, log };
      if (!made.has(plan)) made.set(plan, frameFor(to, message, metadata, metadataBytes));
      const frame = made.get(plan);
      if (frame === undefined) continue;
      const letter = new Letter(to);
      link.notifications?.send(frame, letter);
      isTold ||= !letter.hasFailed;
    }
    if ((link.notifications?.waitingBytes ?? 0) > bufferedBytes) member.overrun();
    // An older release may have two notifications for this one: its client is told both, and is one.
    else if (isTold) count += 1;
  }
  return count;
}

/** What does not match the newest release is the mistake of the one who sends it, whoever is there to hear it. */
function checked(service: Service, name: string, message: unknown): unknown {
  try {
    return service.checkNotification(name, message);
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    const { path, reason } = error;
    const at = path === "" ? "" : ` at ${path}`;
    const sentence = `A notification does not match ${service.name}/${name}${at}: ${reason}.`;
    // Of the handler that tells it: its own caller has done nothing wrong.
    throw endOfOwnCall(new ConcordatError("invalid_argument", sentence, { cause: error }));
  }
}

/** The message in the words of some releases, or `undefined` where it cannot be had: their clients go without. */
function frameFor(
  to: Addressee,
  message: unknown,
  metadata: Metadata,
  metadataBytes: number,
): NotificationFrame | undefined {
  const { plan, dialect } = to;
  let converted: Metadata;
  let payload: Uint8Array;
  try {
    converted = plan.composition.metadataDown(metadata);
    payload = plan.responseBytes(message, dialect);
  } catch (error) {
    tellRefusal(error, to);
    return undefined;
  }
  try {
    const within = metadataFrom(converted, metadataBytes);
    return { kind: "notification", id: 0, procedure: plan.name, metadata: within, payload };
  } catch (error) {
    new Letter(to).failed(ConcordatError.from(error)); // an adapter made more of it than travels
    return undefined;
  }
}

/** One message on its way to one client. */
class Letter implements NotificationSender {
  readonly #to: Addressee;
  /** Whether it stays here: its client is gone, or takes nothing so large. */
  hasFailed = false;

  constructor(to: Addressee) {
    this.#to = to;
  }

  sent(): void {
    // Nobody waits to hear it.
  }

  /** Who is gone for good hears nothing, and its client knows that it was gone. */
  unsent(): void {
    this.hasFailed = true;
  }

  failed({ rawMessage: message }: ConcordatError): void {
    this.hasFailed = true;
    const { plan, dialect, log } = this.#to;
    log({
      level: "warn",
      event: "notification-unsent",
      procedure: plan.name,
      release: dialect.release,
      message,
    });
  }
}
