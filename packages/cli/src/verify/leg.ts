/** One call on one stage: what came of it, and whether it was fit to come. */
import { type Metadata, procedureKinds } from "@concordat/core";

import { type Example, withStranger } from "./example.ts";
import { endFault } from "./judge.ts";
import type { Fault } from "./law.ts";
import type { Route, Stop } from "./route.ts";
import { differenceOf } from "./same-value.ts";
import type { Outcome } from "./stage.ts";
import type { Played, Theatre } from "./theatre.ts";
import { thrownReason } from "./thrown-reason.ts";

/** What one leg of a call made of its messages. */
export interface Leg {
  readonly fault: Fault | undefined;
  /** What the handler was given. */
  readonly requests: readonly unknown[];
  /** What the client was given. */
  readonly values: readonly unknown[];
  /** An adapter's own refusal, which is its right. */
  readonly isRefused: boolean;
}

const metadata: Metadata = [["x-verify", "kept"]];

/** One call on one stage, with strangers in what either side sends. */
export async function leg(
  theatre: Theatre,
  { stage, script }: Played,
  caller: Stop,
  end: Stop,
  { requests, answers }: Example,
  route: Route,
): Promise<Leg> {
  const [own, other] = [theatre.reading(caller.release), theatre.reading(end.release)];
  const strange = (
    reading: typeof own,
    schema: Stop["procedure"]["request"],
    values: readonly unknown[],
  ): readonly unknown[] =>
    values.map((value) => (theatre.chance.is(0.5) ? withStranger(reading, schema, value) : value));
  const given = strange(other, end.procedure.response, answers);
  // What an adapter answers, no handler does: one of that name has messages of the newest release.
  script.begin(route.outcome === "handled" ? { procedure: end.name, answers: given } : undefined);
  const { kind } = caller.procedure;
  const isTold = kind === "serverNotification";
  const came = isTold
    ? await stage.notify(caller.release.release, caller.name, end.name, given[0])
    : await stage.send({
        release: caller.release.release,
        procedure: caller.name,
        requests: strange(own, caller.procedure.request, requests),
        metadata,
        encoding: theatre.chance.is(0.5) ? "msgpack" : "positional",
      });
  const arrival = came.arrivals.find(({ procedure }) => procedure === end.name);
  const arrived = arrival?.requests ?? [];
  const isHandled = route.outcome === "handled" && !isTold;
  const fault =
    servedFault(route, came) ??
    (isHandled && arrival === undefined && came.error === undefined
      ? ({ law: "served", path: "", message: "No handler was given the message." } as const)
      : undefined) ??
    (isHandled
      ? endFault("arrives", "handler", {
          reading: other,
          schema: end.procedure.request,
          values: arrived,
        })
      : undefined) ??
    endFault("answers", "client", {
      reading: own,
      schema: caller.procedure.response,
      values: came.values,
    }) ??
    metadataFault(route, came);
  const isOneWay = "oneWay" in procedureKinds[kind];
  return {
    fault,
    requests: arrived,
    values: came.values,
    isRefused: !isOneWay && came.error !== undefined,
  };
}

/** Whether a call went as it has to: well, or refused by an adapter that may. */
function servedFault({ outcome, crossings, caller }: Route, came: Outcome): Fault | undefined {
  const { error, log, isHung } = came;
  const broken = log.find(({ level }) => level === "error");
  if (isHung) return { law: "served", path: "", message: "The call did not end.", isHung: true };
  if (outcome === "unimplemented") {
    if (error?.code === "unimplemented" || caller.procedure.kind.endsWith("Notification"))
      return undefined;
    return {
      law: "ended",
      path: "",
      message: `The call ended with ${error?.code ?? "an answer"}, not with unimplemented.`,
    };
  }
  if (broken !== undefined) {
    const { path = "", message = "" } = broken;
    const last = outcome === "answered" ? crossings.at(-1) : undefined;
    const step =
      /the adapter from (\S+ to \S+?)[:\s]/.exec(message)?.[1] ??
      (last && `${last.older.release} to ${last.newer.release}`);
    const reason = thrownReason(broken, last === undefined ? "its handler" : "its adapter");
    return {
      law: "served",
      path,
      message: reason === undefined ? "The server failed." : `The server failed: ${reason}`,
      ...(step !== undefined && { step }),
    };
  }
  if (error === undefined) return undefined;
  const mayRefuse =
    outcome === "answered" ||
    crossings.some(({ request, response }) =>
      [request, response].some(({ kind }) => kind !== "steps"),
    );
  const isServers =
    error.code === "internal" || error.rawMessage.startsWith("The request does not match");
  if (mayRefuse && !isServers) return undefined;
  return {
    law: "served",
    path: "",
    message: `The call failed with ${error.code}: ${error.rawMessage}`,
  };
}

function metadataFault({ crossings, outcome }: Route, { arrivals }: Outcome): Fault | undefined {
  if (outcome !== "handled" || !crossings.every(({ keepsMetadata }) => keepsMetadata))
    return undefined;
  const lost = arrivals.find(({ metadata: came }) => differenceOf(metadata, came) !== undefined);
  return (
    lost && {
      law: "arrives",
      path: "",
      message: "The metadata of the call did not arrive as it was sent.",
    }
  );
}
