/** One contract, ready to be served: its releases, its handlers, and the plan for each call. */
import type { DerivedAdapter, Deprecation, ReleaseDocument } from "@concordat/core";
import {
  present,
  type ServedContract,
  type ServedRelease,
  workingTree,
} from "@concordat/core/internal";

import type { Adapter } from "../adapter/adapter.ts";
import { type Bridges, bridgesOf, procedureOf } from "../adapter/fate.ts";
import type { AnyHandler } from "./handler-tree.ts";
import { Plans } from "./plans.ts";
import type { ProcedurePlan } from "./procedure-plan.ts";
import { ReleaseShapes } from "../conversion/release-shapes.ts";
import type { Stop } from "../conversion/route.ts";
import { checkService, floorProblem } from "./service-check.ts";
import { type ProcedureTreatment, treatmentsIn } from "../adapter/treatment.ts";

/** What a service is made of. */
export interface ServiceParts {
  readonly contract: string;
  /** Oldest first. */
  readonly history: readonly ReleaseDocument[];
  readonly handlers: ReadonlyMap<string, AnyHandler>;
  readonly adapters: readonly Adapter[];
  readonly derived: readonly DerivedAdapter[];
  readonly floor: string | undefined;
  readonly notices: ReadonlyMap<string, Deprecation>;
  /** Where the whole contract is to be withdrawn, or is. */
  readonly retirement: Deprecation | undefined;
  readonly upgradeUrl: string | undefined;
  readonly belowFloor: "unbroken" | "refuse";
}

/** One contract with its handlers. Made by `implement`, given to `createServer`. */
export class Service {
  readonly name: string;
  /** What negotiation needs to know, as it was implemented. A server moves its floor from there. */
  readonly served: ServedContract;
  readonly retirement: Deprecation | undefined;
  /** What it was made of. For tools that make another one of it, such as `concordat verify`. */
  readonly parts: ServiceParts;
  readonly #history: readonly ReleaseDocument[];
  readonly #shapes: readonly ReleaseShapes[];
  readonly #bridges: Bridges;
  readonly #plans: Plans;
  /** For each release the plans of its server notifications, by the newest release's name. */
  readonly #told = new Map<number, ReadonlyMap<string, readonly ProcedurePlan[]>>();

  constructor(parts: ServiceParts) {
    checkService(parts);
    this.parts = parts;
    this.name = parts.contract;
    this.retirement = parts.retirement;
    this.#history = parts.history;
    this.#bridges = bridgesOf(parts.adapters, parts.derived);
    this.#shapes = parts.history.map((document) => new ReleaseShapes(document));
    this.#plans = new Plans(parts, this.#bridges, this.#shapes);
    const served = servedBy(parts);
    this.served =
      parts.belowFloor === "refuse"
        ? served
        : { ...served, reaches: (release, procedures) => this.#reaches(release, procedures) };
  }

  /** The number of the release at an index of the history. */
  releaseAt(index: number): string {
    return this.#history[index]?.release ?? "";
  }

  /** The index in the history of a release that is served. Not by its fingerprint: two releases may share one. */
  indexOf({ release }: ServedRelease): number {
    return this.served.releases.findIndex((each) => each.release === release);
  }

  /** Why a release cannot be the floor of this service, or `undefined` where it can. */
  floorProblem(release: string): string | undefined {
    return floorProblem(this.parts, release);
  }

  /** What is said of a procedure that will go, or `undefined`: the release that answers it knows best, then its older names. */
  deprecationOf({ end }: ProcedurePlan): Deprecation | undefined {
    for (let stop: Stop | undefined = end; stop !== undefined; stop = stop.renamed) {
      const document = this.#history[stop.at];
      const deprecated = document && procedureOf(document, stop.procedure)?.deprecated;
      if (deprecated !== undefined) return deprecated;
    }
    return undefined;
  }

  /**
   * How calls of `procedure` from clients of the release at `index` are answered; `undefined` where that release
   * does not have it, or where its adapters let it end.
   */
  plan(index: number, procedure: string): ProcedurePlan | undefined {
    return this.#plans.plan(index, procedure);
  }

  /** The names of the newest release's server notifications. */
  get notifications(): readonly string[] {
    return notificationsOf(this.#history.at(-1));
  }

  /**
   * A message of a server notification, as the newest release declares it.
   *
   * @throws Mismatch where it does not match.
   */
  checkNotification(procedure: string, message: unknown): unknown {
    return this.#shapes.at(-1)?.shapes(procedure)?.response.conform(message);
  }

  /** What clients of the release at `index` know a server notification of the newest release as; empty where they do not. */
  notificationPlans(index: number, newestName: string): readonly ProcedurePlan[] {
    let told = this.#told.get(index);
    if (told === undefined) {
      told = this.#toldTo(index);
      this.#told.set(index, told);
    }
    return told.get(newestName) ?? [];
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
    return [...treatmentsIn(this.#history, this.#bridges, start)];
  }

  /** Whether each of these procedures of a release is answered. */
  #reaches(release: ServedRelease, procedures: readonly string[]): boolean {
    const index = this.indexOf(release);
    return procedures.every((procedure) => this.plan(index, procedure) !== undefined);
  }

  #toldTo(index: number): ReadonlyMap<string, readonly ProcedurePlan[]> {
    const told = new Map<string, ProcedurePlan[]>();
    for (const name of notificationsOf(this.#history[index])) {
      const plan = this.plan(index, name);
      // One that ends before the newest release is never sent any more.
      if (plan?.end.at !== this.#history.length - 1) continue;
      const { procedure } = plan.end;
      told.set(procedure, [...(told.get(procedure) ?? []), plan]);
    }
    return told;
  }
}

function notificationsOf(document: ReleaseDocument | undefined): readonly string[] {
  const procedures = Object.entries(document?.procedures ?? {});
  return procedures.filter(([, { kind }]) => kind === "serverNotification").map(([name]) => name);
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
