/** Replays every release that is served against the user's own handlers, in a test environment. */
import { procedureKinds } from "@concordat/core";
import { nameTree, present } from "@concordat/core/internal";
import type { Service } from "@concordat/server/portable";

import { type Example, exampleOf, noExample } from "./example.ts";
import type { Finding } from "./law.ts";
import { tryNegotiation } from "./negotiation-trial.ts";
import { ownFault } from "./own-fault.ts";
import { type Route, routeOf } from "./route.ts";
import type { ServerKit } from "./server-kit.ts";
import { shrunk } from "./shrink.ts";
import { type Outcome, Stage } from "./stage.ts";
import { Theatre } from "./theatre.ts";
import type { Tried, Verified, VerifyOptions } from "./verify-contract.ts";

/** How long a handler may take for its one answer. */
const answerMs = 5_000;

/** A stream of news need not end by itself: after this much time it is left. */
const newsMs = 500;

/**
 * Verifies one service with the handlers that it has.
 *
 * They may refuse what they like. What they answer has to be a message of the caller's release, and nothing may fail
 * with `internal`.
 */
export async function verifyOwn(
  given: Service,
  kit: ServerKit,
  { seed, values }: VerifyOptions,
): Promise<Verified> {
  const service = sameService(given, kit);
  const { contract, history } = service.parts;
  const theatre = new Theatre(service.parts, kit, seed);
  const stage = new Stage(kit, history, service);
  const tried: Tried[] = [];
  const findings: Finding[] = [];
  try {
    for (const { release, procedure, treatment } of service.treatments()) {
      const index = history.findIndex((each) => each.release === release);
      const route = routeOf(service.parts, index, procedure);
      // What the server says by itself needs nobody who asks.
      if (route === undefined || route.caller.procedure.kind === "serverNotification") continue;
      const { found, ...counted } = await new OwnTrial(theatre, stage, route).run(values);
      tried.push({ release, procedure, treatment, ...counted });
      if (found !== undefined) findings.push({ ...found, contract, release, procedure });
    }
    const negotiation = await tryNegotiation(theatre);
    findings.push(...negotiation.findings);
    return { contract, tried, findings, handshakes: negotiation.handshakes, fingerprints: 0 };
  } finally {
    await stage.close();
    await theatre.close();
  }
}

/** Of its parts: a project may bring a copy of the server of its own, and two copies do not know each other's classes. */
function sameService({ parts }: Service, { implement }: ServerKit): Service {
  const { contract: name, history, derived, handlers, notices, ...rest } = parts;
  const implementation = { handlers: nameTree(handlers), notices: Object.fromEntries(notices) };
  return implement<object>({ name, history, derived }, { ...implementation, ...present(rest) });
}

/** What calling one procedure of one release came to. */
interface OwnTried {
  readonly values: number;
  readonly refused: number;
  /** The first fault, with the smallest messages found that show it. */
  readonly found?: Pick<Finding, "law" | "path" | "message" | "requests"> | undefined;
}

class OwnTrial {
  readonly #theatre: Theatre;
  readonly #stage: Stage;
  readonly #route: Route;

  constructor(theatre: Theatre, stage: Stage, route: Route) {
    this.#theatre = theatre;
    this.#stage = stage;
    this.#route = route;
  }

  async run(most: number): Promise<OwnTried> {
    const { caller, end } = this.#route;
    let refused = 0;
    for (let values = 0; values < most; values += 1) {
      const example = exampleOf(this.#theatre, caller, end, values);
      if (example === undefined) return { values, refused, found: noExample };
      const requests = { requests: example.requests, answers: [] };
      const came = await this.#play(requests);
      if (came.error !== undefined) refused += 1;
      if (this.#faultOf(came) === undefined) continue;
      return { values: values + 1, refused, found: await this.#least(requests, came) };
    }
    return { values: most, refused };
  }

  async #least(example: Example, came: Outcome): Promise<OwnTried["found"]> {
    // To wait for smaller ones as well would take minutes.
    const isWaiting = came.isHung;
    const least = isWaiting
      ? example
      : await shrunk(this.#theatre, this.#route, example, async (each) => {
          const fault = this.#faultOf(await this.#play(each));
          return fault?.law;
        });
    // Handlers may remember: what failed a moment ago need not fail again.
    const fault =
      (isWaiting ? undefined : this.#faultOf(await this.#play(least))) ?? this.#faultOf(came);
    return fault === undefined ? undefined : { ...fault, requests: least.requests };
  }

  #play({ requests }: Example): Promise<Outcome> {
    const { release, name, procedure } = this.#route.caller;
    const isStream = procedureKinds[procedure.kind].responseStream;
    const patienceMs = isStream ? newsMs : answerMs;
    return this.#stage.send({ release: release.release, procedure: name, requests, patienceMs });
  }

  #faultOf(came: Outcome): ReturnType<typeof ownFault> {
    const { contract } = this.#theatre.subject;
    return ownFault(this.#theatre.reading(this.#route.caller.release), contract, this.#route, came);
  }
}
