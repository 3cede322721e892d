/** Sends what a release refuses, lets handlers return what they may not, and lets them throw every error there is. */
import { ConcordatError, procedureKinds, type ReleaseDocument, type Schema } from "@concordat/core";
import { isCallKind } from "@concordat/core/internal";

import { witnessText } from "../report/witness-text.ts";
import { beyond } from "./beyond.ts";
import type { Crossing } from "./crossing.ts";
import { broken, type Example } from "./example.ts";
import { endFault, passageFault } from "./judge.ts";
import type { Fault } from "./law.ts";
import type { Route } from "./route.ts";
import type { Theatre } from "./theatre.ts";

/** The code that handlers throw with here. */
const code = "failed_precondition";

/** The name of an error that the caller's release does not have travels under this key. */
const genericKey = "concordat-error";

/**
 * Whether a message that the caller's release refuses is let through; `undefined` also where there is no such message.
 *
 * @param place Which of the boundaries in the message is broken. Default: something anywhere.
 */
export async function refusedFault(
  theatre: Theatre,
  route: Route,
  { requests, answers }: Example,
  place?: number,
): Promise<Fault | undefined> {
  const { caller, end, outcome } = route;
  if (outcome === "unimplemented" || caller.procedure.kind === "serverNotification")
    return undefined;
  const { request } = caller.procedure;
  const bad =
    place === undefined
      ? broken(theatre, caller.release, request, requests[0])
      : beyondAt(theatre, caller.release, request, requests[0], place);
  if (bad === undefined || requests.length === 0) return undefined;
  const { stage, script } = theatre.whole();
  script.begin(outcome === "handled" ? { procedure: end.name, answers } : undefined);
  const came = await stage.send({
    release: caller.release.release,
    procedure: caller.name,
    requests: [bad.value, ...requests.slice(1)],
  });
  const isTold = caller.procedure.kind === "clientNotification";
  if (outcome === "handled" && came.arrivals.length > 0)
    return {
      law: "refused",
      path: "",
      message: `A handler was given what ${caller.release.release} refuses: ${witnessText(bad.value)}.`,
    };
  if (isTold || came.error?.code === "invalid_argument") return undefined;
  // An adapter that answers a stream itself may end before it has read what is wrong.
  if (outcome === "answered" && procedureKinds[caller.procedure.kind].requestStream)
    return undefined;
  const how = came.error?.code ?? "an answer";
  return {
    law: "refused",
    path: "",
    message: `${witnessText(bad.value)} ended with ${how}, not with invalid_argument.`,
  };
}

/** Whether what a handler may not return is sent on; `place` as above. */
export async function maskedFault(
  theatre: Theatre,
  route: Route,
  { requests, answers }: Example,
  place?: number,
): Promise<Fault | undefined> {
  const { caller, end, outcome } = route;
  if (outcome !== "handled" || !isCallKind(caller.procedure.kind) || answers.length === 0)
    return undefined;
  const { response } = end.procedure;
  const bad =
    place === undefined
      ? broken(theatre, end.release, response, answers[0])
      : beyondAt(theatre, end.release, response, answers[0], place);
  if (bad === undefined) return undefined;
  const { stage, script } = theatre.whole();
  script.begin({ procedure: end.name, answers: [bad.value] });
  const came = await stage.send({
    release: caller.release.release,
    procedure: caller.name,
    requests,
  });
  if (came.arrivals.length === 0 || came.error?.code === "internal") return undefined;
  return {
    law: "masked",
    path: "",
    message: `The client was given ${witnessText(came.values)}, made of ${witnessText(bad.value)}, which no handler may return.`,
  };
}

/** Whether an error of the answering release is told as the caller's release has it. */
export async function errorFault(
  theatre: Theatre,
  route: Route,
  example: Example,
  name: string,
): Promise<Fault | undefined> {
  const { caller, end, changes } = route;
  const schema = end.procedure.errors?.[name];
  const made = schema === undefined ? undefined : theatre.source(end.release).next(schema);
  if (schema === undefined || made === undefined) return undefined;
  const { value } = made;
  const { stage, script } = theatre.whole();
  const error = new ConcordatError(code, "as told to", { detail: { name, value } });
  script.begin({ procedure: end.name, answers: example.answers, error });
  const came = await stage.send({
    release: caller.release.release,
    procedure: caller.name,
    requests: example.requests,
  });
  if (came.arrivals.length === 0) return undefined; // an adapter refused the request
  if (came.error?.code !== code)
    return wrong(
      `The error ${name} came as ${came.error?.code ?? "an answer"}: ${came.error?.rawMessage ?? ""} ${came.log[0]?.message ?? ""}`,
    );
  const expected = toldName(changes, name);
  const { detail } = came.error;
  if (detail?.name !== expected)
    return wrong(
      `The error ${name} came as ${detail?.name ?? "a generic one"}, and is ${expected ?? "a generic one"} in ${caller.release.release}.`,
    );
  const renamed = renamedFault(changes, name);
  if (renamed !== undefined) return renamed;
  if (detail === undefined || expected === undefined) {
    const isNamed = came.trailing.some(([key, text]) => key === genericKey && text === name);
    return isNamed ? undefined : wrong(`The generic error does not say that it was ${name}.`);
  }
  const own = {
    reading: theatre.reading(caller.release),
    schema: caller.procedure.errors?.[expected] ?? false,
    values: [detail.value],
  };
  const other = { reading: theatre.reading(end.release), schema, values: [value] };
  const payload =
    changes.length > 1
      ? undefined
      : (changes[0]?.errorOf(name)?.payload ?? ({ kind: "steps", steps: [] } as const));
  return (
    endFault("error", "client", own) ??
    (payload &&
      passageFault({ what: "error", conversion: payload, from: other, to: own, excepted: [] }))
  );
}

/** An error under the name of another, although the older release has it in the very same form. */
function renamedFault(changes: readonly Crossing[], name: string): Fault | undefined {
  let told = name;
  for (const { older, newer, from, to, errorOf } of changes.toReversed()) {
    const next = errorOf(told)?.name;
    const [before, after] = [
      older.procedures[from]?.errors?.[told],
      newer.procedures[to]?.errors?.[told],
    ];
    const isSame = before !== undefined && JSON.stringify(before) === JSON.stringify(after);
    if (isSame && next !== told)
      return {
        law: "error",
        path: "",
        step: `${older.release} to ${newer.release}`,
        message: `The error ${told} is told as ${next ?? "a generic one"}, and ${older.release} has it under its own name.`,
      };
    if (next === undefined) return undefined;
    told = next;
  }
  return undefined;
}

function toldName(changes: readonly Crossing[], name: string): string | undefined {
  return changes.toReversed().reduce<string | undefined>((told, { errorOf, older, from }) => {
    const next = told === undefined ? undefined : errorOf(told)?.name;
    return next !== undefined && Object.hasOwn(older.procedures[from]?.errors ?? {}, next)
      ? next
      : undefined;
  }, name);
}

function wrong(message: string): Fault {
  return { law: "error", path: "", message };
}

function beyondAt(
  theatre: Theatre,
  release: ReleaseDocument,
  schema: Schema,
  value: unknown,
  place: number,
): { readonly value: unknown } | undefined {
  const all = beyond(theatre.reading(release), schema, value);
  return place < all.length ? { value: all[place] } : undefined;
}
