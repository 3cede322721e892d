/** From a contract to the functions that send its notifications. */
import type { NotifyingContract } from "@concordat/core";
import type { Limits } from "@concordat/core/internal";

import type { Log } from "../log/log.ts";
import type { Service } from "../service/service.ts";
import type { Member } from "./audience.ts";
import { notifiers } from "./notifiers.ts";

/** What is served, and how far a client may be behind. */
interface NotifyPolicy {
  readonly services: ReadonlyMap<string, Service>;
  readonly log: Log;
  readonly limits: Pick<Limits, "metadataBytes" | "bufferedBytes">;
}

/**
 * The functions that send the notifications of a contract.
 *
 * @throws Error where the contract is not served here.
 */
export function notify<Notifiers>(
  { services, log, limits }: NotifyPolicy,
  { name }: NotifyingContract<Notifiers>,
  members: () => Iterable<Member>,
): Notifiers {
  const service = services.get(name);
  if (service === undefined) {
    throw new Error(`The contract ${name} is not served here, so it has nobody to be notified.`);
  }
  const { metadataBytes, bufferedBytes } = limits;
  // The contract's own type says what the functions are; they are made of the same procedures.
  return notifiers({ service, members, log, metadataBytes, bufferedBytes }) as Notifiers;
}
