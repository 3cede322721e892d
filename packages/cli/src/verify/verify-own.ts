/** Replays every release that is served against the user's own handlers, in a test environment. */
import { isCallKind } from "@concordat/core/internal";
import type { Service } from "@concordat/server/portable";

import { exampleOf } from "./example.ts";
import { endFault } from "./judge.ts";
import type { Fault, Finding } from "./law.ts";
import { tryNegotiation } from "./negotiation-trial.ts";
import { type Route, routeOf } from "./route.ts";
import type { ServerKit } from "./server-kit.ts";
import { type Outcome, Stage } from "./stage.ts";
import { Theatre } from "./theatre.ts";
import type { Tried, Verified, VerifyOptions } from "./verify-contract.ts";

/** A stream of news need not end by itself: after this much silence it is left. */
const patienceMs = 500;

/**
 * Verifies one service with the handlers that it has.
 *
 * They may refuse what they like. What they answer has to be a message of the caller's release, and nothing may fail
 * with `internal`.
 */
export async function verifyOwn(
  service: Service,
  kit: ServerKit,
  { seed, values }: VerifyOptions,
): Promise<Verified> {
  const { contract, history } = service.parts;
  const theatre = new Theatre(service.parts, kit, seed);
  const stage = new Stage(kit, history, service, undefined, patienceMs);
  const tried: Tried[] = [];
  const findings: Finding[] = [];
  try {
    for (const { release, procedure, treatment } of service.treatments()) {
      const index = history.findIndex((each) => each.release === release);
      const route = routeOf(service.parts, index, procedure);
      if (route === undefined || !isCallKind(route.caller.procedure.kind)) continue;
      let count = 0;
      let fault: Fault | undefined;
      let requests: readonly unknown[] = [];
      while (count < values && fault === undefined) {
        const example = exampleOf(theatre, route.caller, route.end, count);
        if (example === undefined) break;
        ({ requests } = example);
        count += 1;
        fault = ownFault(theatre, route, await stage.send({ release, procedure, requests }));
      }
      tried.push({ release, procedure, treatment, values: count });
      if (fault !== undefined) findings.push({ ...fault, contract, release, procedure, requests });
    }
    const negotiation = await tryNegotiation(theatre);
    findings.push(...negotiation.findings);
    return { contract, tried, findings, handshakes: negotiation.handshakes, fingerprints: 0 };
  } finally {
    await stage.close();
    await theatre.close();
  }
}

function ownFault(theatre: Theatre, { caller, outcome }: Route, came: Outcome): Fault | undefined {
  const { release, procedure } = caller;
  const { values, error, log } = came;
  const reading = theatre.reading(release);
  const fault = endFault("answers", "client", { reading, schema: procedure.response, values });
  if (fault !== undefined) return fault;
  if (outcome === "unimplemented" && error?.code !== "unimplemented")
    return { law: "ended", path: "", message: "The call did not end with unimplemented." };
  const told = log.find(({ level }) => level === "error");
  if (error?.code === "internal" || told !== undefined) {
    const { path = "", message = error?.rawMessage ?? "" } = told ?? {};
    return { law: "served", path, message: `The call failed: ${message}.` };
  }
  const { detail } = error ?? {};
  if (detail === undefined) return undefined;
  const schema = procedure.errors?.[detail.name] ?? false;
  return endFault("error", "client", { reading, schema, values: [detail.value] });
}
