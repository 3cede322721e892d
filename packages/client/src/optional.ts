/** A contract that the client can do without. */
import type { ClientContract } from "@concordat/core/internal";

/** A contract whose absence is no refusal; see {@link optional}. */
export interface OptionalContract<Face> extends ClientContract<Face> {
  readonly optional: true;
}

/**
 * Marks a contract as one that the client goes on without, where the server does not serve it.
 *
 * Its calls fail with `unimplemented` then, and `client.releases` does not have it.
 */
export function optional<Face>(contract: ClientContract<Face>): OptionalContract<Face> {
  return { ...contract, optional: true };
}
