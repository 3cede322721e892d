/** What a client asked for and got, kept so that it can be judged again when a floor moves. */
import type { Deprecation, Notice } from "@concordat/core";
import {
  compareReleaseNumbers,
  type ContractOutcome,
  type ContractRequest,
  negotiateAll,
  type Offer,
  present,
  type ServedContract,
} from "@concordat/core/internal";

import type { Loss } from "./speaker.ts";

/** One contract of a client. */
interface Agreed {
  /** Its offers are the newest one, which says who would have to move, and the one that was agreed on. */
  readonly request: ContractRequest;
  readonly release: string | undefined;
  readonly isPresent: boolean;
}

/** The contracts of a client. Keeps two offers of each, however many its hello had. */
export class AgreedContracts {
  readonly #contracts: ReadonlyMap<string, Agreed>;
  /** What was served when it was judged last, and what came of that. */
  #served: ReadonlyMap<string, ServedContract> | undefined;
  #loss: Loss | undefined;

  constructor(requests: readonly ContractRequest[], outcomes: readonly ContractOutcome[]) {
    const agreements = new Map(outcomes.map((outcome) => [outcome.name, outcome.agreed]));
    this.#contracts = new Map(
      requests.map((asked) => {
        const { name, offers } = asked;
        const agreement = agreements.get(name);
        const kept = new Set([newest(offers), agreement && offers[agreement.offer]]);
        kept.delete(undefined);
        const request = { ...asked, offers: [...kept] as Offer[] }; // undefined was deleted
        const release = agreement?.served.release;
        return [name, { request, release, isPresent: agreement !== undefined }];
      }),
    );
  }

  /** All that is kept of what was asked for, and what came of it, as plain JSON. */
  get terms(): readonly unknown[] {
    return [...this.#contracts.values()];
  }

  /** Whether a contract is spoken, in whatever release. */
  speaks(contract: string): boolean {
    return this.#contracts.get(contract)?.isPresent === true;
  }

  /** The release of a contract that is spoken; `undefined` where it is absent or was never released. */
  releaseOf(contract: string): string | undefined {
    return this.#contracts.get(contract)?.release;
  }

  /** What is spoken of each contract that is present. */
  *releases(): Generator<readonly [contract: string, release: string | undefined]> {
    for (const [name, { isPresent, release }] of this.#contracts)
      if (isPresent) yield [name, release];
  }

  /** What is said of a procedure that will go, when it is called: with the day of the release, where that comes before its own. */
  noticeAtCall(
    deprecation: Deprecation,
    contract: string,
    procedure: string,
    served: ReadonlyMap<string, ServedContract>,
  ): Notice {
    const release = this.releaseOf(contract);
    const spoken = served.get(contract)?.releases.find((each) => each.release === release);
    const { sunset: own } = deprecation;
    const { sunset: end = own } = spoken?.outlook ?? {};
    const sunset = own !== undefined && end !== undefined && end < own ? end : own;
    return { ...deprecation, ...present({ sunset, contract, release }), procedure };
  }

  /** What its hello would lose now of what was agreed on, or nothing. Worked out once for all clients that share this, until a floor moves. */
  loss(served: ReadonlyMap<string, ServedContract>): Loss | undefined {
    if (this.#served !== served) {
      this.#served = served;
      this.#loss = this.#lossIn(served);
    }
    return this.#loss;
  }

  #lossIn(served: ReadonlyMap<string, ServedContract>): Loss | undefined {
    const agreed = [...this.#contracts.values()];
    if (agreed.length === 0) return undefined;
    const { refusal, contracts } = negotiateAll(
      agreed.map(({ request }) => request),
      served,
    );
    if (refusal !== undefined) return { refusal, isOptional: false };
    const lost = contracts.find(({ name, absent }) => absent !== undefined && this.speaks(name));
    return lost?.absent && { refusal: lost.absent, isOptional: true };
  }
}

function newest(offers: readonly Offer[]): Offer | undefined {
  return offers.reduce<Offer | undefined>((best, offer) => {
    if (best?.release === undefined || offer.release === undefined) return best ?? offer;
    return compareReleaseNumbers(offer.release, best.release) > 0 ? offer : best;
  }, undefined);
}
