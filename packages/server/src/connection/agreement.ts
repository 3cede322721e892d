/** What was agreed on with a client: the same object for all clients with which the same was agreed on. */
import {
  canonicalJson,
  type ContractOutcome,
  type Encoding,
  type Hello,
  type PeerLimits,
} from "@concordat/core/internal";

import { type Admitted, AgreedProcedures } from "../service/agreed-procedures.ts";
import type { ClientLabel } from "../fleet/client-label.ts";
import type { Fleet } from "../fleet/fleet.ts";
import type { Member } from "../fleet/member.ts";
import { Recent } from "./recent.ts";
import { AgreedContracts } from "../retirement/agreed-contracts.ts";
import type { Service } from "../service/service.ts";

/** So many kinds of clients share what they have in common; a program in one version is one kind. */
const mostAgreements = 256;
/** So many names of clients in each of them. */
const mostMembers = 16;

/** What the clients of one kind may do. */
export class Agreement {
  readonly contracts: ReadonlyMap<string, Admitted>;
  /** What has to be the same for a session to go on. */
  readonly text: string;
  readonly agreed: AgreedContracts;
  readonly procedures: AgreedProcedures;
  /** What these clients accept. */
  readonly limits: PeerLimits;
  /** Whether there is anything that these clients could be notified of. */
  readonly isNotified: boolean;
  readonly #members = new Recent<ClientLabel, Member>(mostMembers);

  constructor(
    contracts: ReadonlyMap<string, Admitted>,
    agreed: AgreedContracts,
    limits: PeerLimits,
    text: string,
  ) {
    this.contracts = contracts;
    this.agreed = agreed;
    this.procedures = new AgreedProcedures(contracts);
    this.limits = limits;
    this.text = text;
    this.isNotified = [...contracts.values()].some(
      ({ service }) => service.notifications.length > 0,
    );
  }

  /** The place in the fleet of clients that call themselves so. */
  memberOf(client: ClientLabel, fleet: Fleet): Member {
    return this.#members.get(client, () => fleet.memberOf(client, this.agreed.releases()));
  }
}

/** The agreements of one server. An idle connection would keep two kilobytes of its own otherwise. */
export class Agreements {
  readonly #services: ReadonlyMap<string, Service>;
  readonly #recent = new Recent<string, Agreement>(mostAgreements);

  constructor(services: ReadonlyMap<string, Service>) {
    this.#services = services;
  }

  /** What comes of a hello. */
  of(
    { contracts: requests, limits }: Hello,
    outcomes: readonly ContractOutcome[],
    encoding: Encoding,
  ): Agreement {
    const agreed = new AgreedContracts(requests, outcomes);
    const spoken = outcomes.map(({ name, agreed: on }) => [name, on?.served.fingerprint]);
    const text = canonicalJson([encoding, spoken]);
    const key = JSON.stringify([text, agreed.terms, limits]);
    return this.#recent.get(
      key,
      () => new Agreement(this.#admitted(outcomes, encoding), agreed, limits, text),
    );
  }

  #admitted(
    outcomes: readonly ContractOutcome[],
    encoding: Encoding,
  ): ReadonlyMap<string, Admitted> {
    const admitted = new Map<string, Admitted>();
    for (const { name, agreed } of outcomes) {
      const service = this.#services.get(name);
      if (agreed === undefined || service === undefined) continue;
      admitted.set(name, { service, index: service.indexOf(agreed.served), encoding });
    }
    return admitted;
  }
}
