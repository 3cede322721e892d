/** Makes one call on its whole way, and again step by step, and looks at everything that came of it. */
import type { Conversion, Crossing } from "./crossing.ts";
import { type Example, messagesOf } from "./example.ts";
import { backFault, type Passage, passageFault } from "./judge.ts";
import type { Fault } from "./law.ts";
import { type Leg, leg } from "./leg.ts";
import type { Route } from "./route.ts";
import { differenceOf } from "./same-value.ts";
import type { Theatre } from "./theatre.ts";

const unchanged: Conversion = { kind: "steps", steps: [] };

/** The first law that one call breaks. */
export async function callFault(
  theatre: Theatre,
  route: Route,
  example: Example,
): Promise<Fault | undefined> {
  const { caller, end, changes, outcome } = route;
  // Where it ended, the server has nothing to tell: what the newest release calls so is another one.
  if (outcome === "unimplemented" && caller.procedure.kind === "serverNotification")
    return undefined;
  const whole = await leg(theatre, theatre.whole(), caller, end, example, route);
  if (whole.fault !== undefined) return whole.fault;
  if (outcome === "unimplemented" || whole.isRefused) return undefined;
  const [only, second] = changes;
  if (outcome === "handled" && second === undefined)
    return only === undefined
      ? sameFault(theatre, route, example, whole)
      : crossingFault(
          theatre,
          only,
          example.requests,
          whole.requests,
          example.answers,
          whole.values,
        );
  const fault = await stepByStep(
    theatre,
    route,
    example,
    outcome === "handled" ? whole : undefined,
  );
  if (fault?.law !== "composed") return fault;
  // What an adapter makes anew each time is another thing on another way, and on the same one.
  const again = await leg(theatre, theatre.whole(), caller, end, example, route);
  const isSteady = [
    differenceOf(whole.requests, again.requests),
    differenceOf(whole.values, again.values),
  ].every((deviation) => deviation === undefined);
  return isSteady ? fault : undefined;
}

function sameFault(
  theatre: Theatre,
  { caller, end }: Route,
  example: Example,
  whole: Leg,
): Fault | undefined {
  const [own, other] = [caller, end].map(({ release, procedure }) => ({
    reading: theatre.reading(release),
    procedure,
  }));
  if (own === undefined || other === undefined) return undefined;
  const excepted: readonly string[] = [];
  return (
    passageFault({
      what: "request",
      conversion: unchanged,
      from: { ...own, schema: own.procedure.request, values: example.requests },
      to: { ...other, schema: other.procedure.request, values: whole.requests },
      excepted,
    }) ??
    passageFault({
      what: "response",
      conversion: unchanged,
      from: { ...other, schema: other.procedure.response, values: example.answers },
      to: { ...own, schema: own.procedure.response, values: whole.values },
      excepted,
    })
  );
}

function crossingFault(
  theatre: Theatre,
  crossing: Crossing,
  requests: readonly unknown[],
  arrived: readonly unknown[],
  answers: readonly unknown[],
  values: readonly unknown[],
): Fault | undefined {
  const { older, newer, from, to } = crossing;
  const [before, after] = [older.procedures[from], newer.procedures[to]];
  if (before === undefined || after === undefined) return undefined;
  const [own, other] = [theatre.reading(older), theatre.reading(newer)];
  const up: Passage = {
    what: "request",
    conversion: crossing.request,
    from: { reading: own, schema: before.request, values: requests },
    to: { reading: other, schema: after.request, values: arrived },
    excepted: crossing.lost,
  };
  const down: Passage = {
    what: "response",
    conversion: crossing.response,
    from: { reading: other, schema: after.response, values: answers },
    to: { reading: own, schema: before.response, values },
    excepted: crossing.withheld,
  };
  const isTold = before.kind === "serverNotification";
  const fault =
    (isTold ? undefined : (passageFault(up) ?? backFault(crossing, up))) ??
    (before.kind === "clientNotification" ? undefined : passageFault(down));
  return fault && { ...fault, step: `${older.release} to ${newer.release}` };
}

/** The same call from release to release, each pair by itself; what comes out has to be the same. */
async function stepByStep(
  theatre: Theatre,
  { changes, end, caller }: Route,
  example: Example,
  whole: Leg | undefined,
): Promise<Fault | undefined> {
  const requests = [example.requests];
  for (const crossing of changes) {
    const own = requests.at(-1) ?? [];
    const passed = await pairLeg(theatre, crossing, {
      requests: own,
      answers: spareAnswers(theatre, crossing),
    });
    if (passed.fault !== undefined) return passed.fault;
    if (passed.isRefused) return undefined;
    requests.push(passed.requests);
  }
  let answers = whole === undefined ? spareAnswers(theatre, changes.at(-1)) : example.answers;
  for (const [index, crossing] of [...changes.entries()].toReversed()) {
    const passed = await pairLeg(theatre, crossing, { requests: requests[index] ?? [], answers });
    const fault =
      passed.fault ??
      crossingFault(
        theatre,
        crossing,
        requests[index] ?? [],
        passed.requests,
        answers,
        passed.values,
      );
    if (fault !== undefined) return fault;
    answers = passed.values;
  }
  if (whole === undefined) return undefined;
  const up = differenceOf(requests.at(-1), whole.requests);
  const down = differenceOf(answers, whole.values);
  const way = `from ${caller.release.release} to ${end.release.release}`;
  if (up !== undefined && end.procedure.kind !== "serverNotification")
    return {
      law: "composed",
      path: up.path,
      message: `The request ${way} ${up.what} unless it goes step by step.`,
    };
  if (down !== undefined)
    return {
      law: "composed",
      path: down.path,
      message: `The response ${way} ${down.what} unless it goes step by step.`,
    };
  return undefined;
}

function pairLeg(theatre: Theatre, crossing: Crossing, example: Example): Promise<Leg> {
  const { older, newer, from, to } = crossing;
  const [before, after] = [older.procedures[from], newer.procedures[to]];
  if (before === undefined || after === undefined) throw new TypeError("A crossing has two ends.");
  const caller = { release: older, name: from, procedure: before };
  const end = { release: newer, name: to, procedure: after };
  const route = {
    caller,
    end,
    crossings: [crossing],
    changes: [crossing],
    outcome: "handled",
  } as const;
  return leg(theatre, theatre.pair(older, newer), caller, end, example, route);
}

function spareAnswers(theatre: Theatre, crossing: Crossing | undefined): readonly unknown[] {
  const procedure = crossing?.newer.procedures[crossing.to];
  if (crossing === undefined || procedure?.kind === "clientNotification") return [];
  if (procedure === undefined) return [];
  return messagesOf(theatre.source(crossing.newer), procedure.response, 1) ?? [];
}
