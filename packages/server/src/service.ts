/** One contract, ready to be served: its releases, its handlers, and the plan for each call. */
import type { Deprecation, ReleaseDocument } from "@concordat/core";
import {
  present,
  type ServedContract,
  type ServedRelease,
  workingTree,
} from "@concordat/core/internal";

import type { Adapter } from "./adapter.ts";
import type { AnyHandler } from "./handler-tree.ts";
import { ProcedurePlan } from "./procedure-plan.ts";
import { ReleaseShapes } from "./release-shapes.ts";
import { findRoute } from "./route.ts";
import { checkService } from "./service-check.ts";
import { type ProcedureTreatment, treatmentsIn } from "./treatment.ts";

/** What a service is made of. */
export interface ServiceParts {
  readonly contract: string;
  /** Oldest first. */
  readonly history: readonly ReleaseDocument[];
  readonly handlers: ReadonlyMap<string, AnyHandler>;
  readonly adapters: readonly Adapter[];
  readonly floor: string | undefined;
  readonly notices: ReadonlyMap<string, Deprecation>;
  readonly upgradeUrl: string | undefined;
}

/** One contract with its handlers. Made by `implement`, given to `createServer`. */
export class Service {
  readonly name: string;
  /** What negotiation needs to know. */
  readonly served: ServedContract;
  readonly #history: readonly ReleaseDocument[];
  readonly #shapes: readonly ReleaseShapes[];
  readonly #handlers: ReadonlyMap<string, AnyHandler>;
  readonly #adapters: ReadonlyMap<string, Adapter>;
  readonly #plans = new Map<string, ProcedurePlan | undefined>();

  constructor(parts: ServiceParts) {
    checkService(parts);
    this.name = parts.contract;
    this.#history = parts.history;
    this.#handlers = parts.handlers;
    this.#adapters = new Map(parts.adapters.map((adapter) => [adapter.from, adapter]));
    this.#shapes = parts.history.map((document) => new ReleaseShapes(document));
    this.served = servedBy(parts);
  }

  /** The index in the history of a release of {@link served}. Not by its fingerprint: two releases may share one. */
  indexOf(release: ServedRelease): number {
    return this.served.releases.indexOf(release);
  }

  /**
   * How calls of `procedure` from clients of the release at `index` are answered; `undefined` where that release
   * does not have it, or where its adapters let it end.
   */
  plan(index: number, procedure: string): ProcedurePlan | undefined {
    const key = `${index} ${procedure}`;
    if (this.#plans.has(key)) return this.#plans.get(key);
    const plan = this.#makePlan(index, procedure);
    // Only names that the release has are remembered: a peer may ask for anything.
    if (plan !== undefined) this.#plans.set(key, plan);
    return plan;
  }

  /** The newest release before which, or in which, a procedure of that name exists; for the sentence of an error. */
  releaseWith(procedure: string): string | undefined {
    return this.#shapes.findLast((shapes) => shapes.procedure(procedure) !== undefined)?.document
      .release;
  }

  /**
   * How the calls of each procedure of each served release get to the handlers, oldest release first.
   *
   * For operators and reports: it says which old clients cost something, and what an adapter is still needed for.
   */
  treatments(): readonly ProcedureTreatment[] {
    const start = this.#history.findIndex(({ release }) => release === this.served.floor);
    return [...treatmentsIn(this.#history, this.#adapters, start)];
  }

  #makePlan(index: number, procedure: string): ProcedurePlan | undefined {
    const caller = this.#shapes[index]?.shapes(procedure);
    if (caller === undefined) return undefined;
    const search = findRoute(this.#history, this.#adapters, index, procedure);
    if (search.kind !== "route") return undefined;
    const { route } = search;
    const answering = this.#shapes[route.at]?.shapes(route.procedure);
    const handler = this.#handlers.get(route.procedure);
    if (answering === undefined || (handler === undefined && route.answer === undefined))
      return undefined;
    return new ProcedurePlan({
      name: `${this.name}/${procedure}`,
      release: this.#history[index]?.release ?? "",
      caller,
      answering,
      route,
      handler,
      newer: (name) => this.plan(route.at + 1, name),
    });
  }
}

function servedBy({ contract, history, floor, notices, upgradeUrl }: ServiceParts): ServedContract {
  const numbers = history.map(({ release }) => (release === workingTree ? undefined : release));
  return {
    name: contract,
    releases: history.map(({ fingerprint }, index) => {
      const release = numbers[index];
      const notice = release === undefined ? undefined : notices.get(release);
      return { release, fingerprint, ...present({ notice }) };
    }),
    floor: floor ?? numbers[0],
    ...present({ upgradeUrl }),
  };
}
