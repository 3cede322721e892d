/** All contracts of a hello at once: every one agreed on, or the one refusal that the client should act on. */
import type { Offer } from "../contract/client-contract.ts";
import { isTerminal } from "../wire/close-classification.ts";
import { type Agreement, negotiate } from "./negotiate.ts";
import { refusal, type Refusal } from "./refusal.ts";
import type { ServedContract } from "./served-contract.ts";

/** What a client asks for of one contract. */
export interface ContractRequest {
  readonly name: string;
  readonly offers: readonly Offer[];
  /** Whether the client goes on without it. */
  readonly optional?: boolean;
  /** The only procedures that the client calls, where it says so. */
  readonly uses?: readonly string[];
}

/** What came of one contract: an agreement, or for an optional one the reason why it is absent. */
export interface ContractOutcome {
  readonly name: string;
  readonly agreed: Agreement | undefined;
  readonly absent: Refusal | undefined;
}

/** What came of all. */
export type Outcome =
  | { readonly contracts: readonly ContractOutcome[]; readonly refusal: undefined }
  | { readonly contracts: undefined; readonly refusal: Refusal };

/**
 * Negotiates each contract by itself.
 *
 * Where several are refused, one that can never succeed is reported before one that may be retried: the client
 * would otherwise dial for ever.
 */
export function negotiateAll(
  requests: readonly ContractRequest[],
  served: ReadonlyMap<string, ServedContract>,
): Outcome {
  if (requests.length === 0) {
    const message = "The client offers no contract; nothing can be served.";
    return {
      contracts: undefined,
      refusal: refusal("client-too-old", { message, offered: [], mustMove: "client" }),
    };
  }
  const contracts: ContractOutcome[] = [];
  const refusals: Refusal[] = [];
  for (const { name, offers, optional, uses } of requests) {
    const result = negotiate(name, offers, served.get(name), uses);
    if (result.agreed !== undefined) {
      contracts.push({ name, agreed: result.agreed, absent: undefined });
    } else if (optional === true) {
      contracts.push({ name, agreed: undefined, absent: result.refusal });
    } else refusals.push(result.refusal);
  }
  const worst = refusals.find(({ closeCode }) => isTerminal(closeCode)) ?? refusals[0];
  return worst === undefined
    ? { contracts, refusal: undefined }
    : { contracts: undefined, refusal: worst };
}
