/** What can be called: the procedures of the releases that were agreed on. */
import { ConcordatError, type Deprecation, procedureKinds } from "@concordat/core";

import type { Encoding } from "@concordat/core/internal";

import type { Dialect, ProcedurePlan } from "./procedure-plan.ts";
import type { Service } from "./service.ts";

/** What was agreed on for one contract: which release of which service. */
export interface Admitted {
  readonly service: Service;
  /** The negotiated release, as an index of the service's history. */
  readonly index: number;
  readonly encoding: Encoding;
}

/** What a client speaks of one contract. */
export function dialectOf({ service, index, encoding }: Admitted): Dialect {
  return { release: service.releaseAt(index), encoding };
}

/** A procedure as its client knows it. */
export interface AgreedProcedure {
  /** Contract and procedure, as it travels: `orders/place`. */
  readonly path: string;
  readonly service: Service;
  /** Its name within the contract. */
  readonly procedure: string;
  readonly plan: ProcedurePlan;
  /** The client's. */
  readonly dialect: Dialect;
  /** What is said of it to those who call it, where it will go. */
  readonly deprecation: Deprecation | undefined;
}

/** The procedures of one agreement. */
export class AgreedProcedures {
  readonly #contracts: ReadonlyMap<string, Admitted>;
  readonly #found = new Map<string, AgreedProcedure>();
  #last: AgreedProcedure | undefined;

  constructor(contracts: ReadonlyMap<string, Admitted>) {
    this.#contracts = contracts;
  }

  /** The procedure that a path names, or `undefined`. Each call asks twice in a row: for its kind, and to be answered. */
  find(path: string): AgreedProcedure | undefined {
    if (this.#last?.path === path) return this.#last;
    const found = this.#found.get(path) ?? this.#search(path);
    if (found !== undefined) this.#last = found;
    return found;
  }

  /** Why a path names nothing that can be called. */
  unimplemented(path: string): ConcordatError {
    const found = this.find(path);
    if (found !== undefined) {
      const { title } = procedureKinds[found.plan.kind];
      const message = `${named(path)} is a ${title}: it is told, not called.`;
      return new ConcordatError("unimplemented", message);
    }
    const { admitted, procedure } = this.#split(path);
    const has = admitted?.service.releaseWith(procedure);
    return new ConcordatError(
      "unimplemented",
      has === undefined
        ? `There is no procedure ${named(path)} in what was negotiated on this connection.`
        : `${named(path)} is not in the negotiated release, or ended before the newest; ${admitted?.service.name} ${has} has it.`,
    );
  }

  /** What a path that names nothing is about: its contract, and the procedure where another release has it. */
  missing(
    path: string,
  ): { readonly contract: string; readonly procedure: string | undefined } | undefined {
    const { admitted, procedure } = this.#split(path);
    if (admitted === undefined) return undefined;
    const has = admitted.service.releaseWith(procedure);
    return {
      contract: admitted.service.name,
      procedure: has === undefined ? undefined : procedure,
    };
  }

  #search(path: string): AgreedProcedure | undefined {
    const { admitted, procedure } = this.#split(path);
    const plan = admitted?.service.plan(admitted.index, procedure);
    if (plan === undefined || admitted === undefined) return undefined;
    const { service } = admitted;
    const deprecation = service.deprecationOf(plan);
    const found = { path, service, procedure, plan, dialect: dialectOf(admitted), deprecation };
    this.#found.set(path, found); // only what the release has: a peer may ask for anything
    return found;
  }

  #split(path: string): { readonly admitted: Admitted | undefined; readonly procedure: string } {
    const slash = path.indexOf("/");
    const admitted = this.#contracts.get(path.slice(0, Math.max(0, slash)));
    return { admitted, procedure: path.slice(slash + 1) };
  }
}

/** A peer's name for something, as far as a sentence repeats it. */
export function named(path: string): string {
  return JSON.stringify(path.slice(0, 100));
}
