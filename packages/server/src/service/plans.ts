/** The plans of one service: for each procedure of each release, how its calls are answered. */
import type { ReleaseDocument } from "@concordat/core";

import type { AnyAnswer, Bridges } from "../adapter/fate.ts";
import { Composition, type PassedReleases } from "../conversion/composition.ts";
import type { ReleaseShapes } from "../conversion/release-shapes.ts";
import {
  type Change,
  findRoute,
  type RouteSearch,
  type Stop,
  turningPoints,
} from "../conversion/route.ts";
import { adapterName } from "../conversion/way.ts";
import type { AnyHandler } from "./handler-tree.ts";
import { ProcedurePlan } from "./procedure-plan.ts";
import type { Reach } from "./reach.ts";

/** What plans are made of. */
export interface PlansParts {
  readonly contract: string;
  /** Oldest first. */
  readonly history: readonly ReleaseDocument[];
  readonly handlers: ReadonlyMap<string, AnyHandler>;
}

/** What is known of the procedures of one name. */
interface Planned {
  /** The releases after which it is another one, as indices. */
  readonly turns: readonly number[];
  /** By the turn before which a caller's release is. */
  readonly plans: Map<number, ProcedurePlan>;
}

/** All plans of a service, each made when it is first asked for. */
export class Plans {
  readonly #parts: PlansParts;
  readonly #bridges: Bridges;
  readonly #shapes: readonly ReleaseShapes[];
  readonly #releases: PassedReleases;
  readonly #planned = new Map<string, Planned>();

  constructor(parts: PlansParts, bridges: Bridges, shapes: readonly ReleaseShapes[]) {
    this.#parts = parts;
    this.#bridges = bridges;
    this.#shapes = shapes;
    this.#releases = {
      described: ({ at, procedure }) => shapes[at]?.described(procedure),
      shapes: ({ at, procedure }) => shapes[at]?.shapes(procedure),
    };
  }

  /** See `Service.plan`. */
  plan(index: number, procedure: string): ProcedurePlan | undefined {
    // Only names that the release has are remembered: a peer may ask for anything.
    if (this.#shapes[index]?.procedure(procedure) === undefined) return undefined;
    const { turns, plans } = this.#turnsOf(procedure);
    // All releases up to the next turn share one plan.
    const last = turns.find((turn) => turn >= index) ?? index;
    const plan = plans.get(last) ?? this.#makePlan(last, procedure);
    if (plan !== undefined) plans.set(last, plan);
    return plan;
  }

  #turnsOf(procedure: string): Planned {
    const known = this.#planned.get(procedure);
    if (known !== undefined) return known;
    const turns = turningPoints(this.#parts.history, this.#bridges, procedure);
    const planned = { turns, plans: new Map<number, ProcedurePlan>() };
    this.#planned.set(procedure, planned);
    return planned;
  }

  #makePlan(index: number, procedure: string): ProcedurePlan | undefined {
    const caller = this.#shapes[index]?.shapes(procedure);
    if (caller === undefined) return undefined;
    const search = (): RouteSearch =>
      findRoute(this.#parts.history, this.#bridges, index, procedure);
    const found = search();
    if (found.kind !== "route") return undefined;
    const { end, answer } = found.route;
    const answering = this.#shapes[end.at]?.shapes(end.procedure);
    const handler = this.#parts.handlers.get(end.procedure);
    const isRun = caller.document.kind !== "serverNotification";
    if (answering === undefined || (isRun && handler === undefined && answer === undefined))
      return undefined;
    const changes = (): readonly Change[] => {
      const again = search();
      return again.kind === "route" ? again.route.changes : [];
    };
    const from = this.#releaseAt(end.at);
    const newer = this.#releaseAt(end.at + 1);
    return new ProcedurePlan({
      name: `${this.#parts.contract}/${procedure}`,
      caller,
      answering,
      composition: new Composition(changes, this.#releases),
      handler,
      answer,
      end,
      answerer: answer === undefined ? "the handler" : adapterName({ from, to: newer }),
      newer,
      newerPlan: (name) => this.plan(end.at + 1, name),
      reach: () => this.#reachOf(end, answer),
    });
  }

  #reachOf({ at, procedure }: Stop, answer: AnyAnswer | undefined): Reach {
    const { contract, history, handlers } = this.#parts;
    if (answer === undefined) {
      const scopes = history[at]?.procedures[procedure]?.auth ?? [];
      return { handlers: [`${contract}/${procedure}`], scopes };
    }
    const reached =
      answer.calls === undefined
        ? [...handlers.keys()].map((name) => this.plan(history.length - 1, name))
        : answer.calls.map((name) => this.plan(at + 1, name));
    return {
      handlers: reached.flatMap((plan) => plan?.reach.handlers ?? []),
      scopes: reached.flatMap((plan) => plan?.reach.scopes ?? []),
    };
  }

  #releaseAt(index: number): string {
    return this.#parts.history[index]?.release ?? "";
  }
}
