/** Makes the messages of a call that broke a law as small as they can be and still break it. */
import { smaller } from "@concordat/compat";
import { procedureKinds } from "@concordat/core";

import type { Example } from "./example.ts";
import type { Law } from "./law.ts";
import type { Route } from "./route.ts";
import type { Theatre } from "./theatre.ts";

/** How many smaller calls are made for one finding. */
const tries = 120;

/** The smallest call found that breaks the same law. */
export async function shrunk(
  theatre: Theatre,
  route: Route,
  example: Example,
  lawOf: (example: Example) => Promise<Law | undefined>,
): Promise<Example> {
  const law = await lawOf(example);
  let best = example;
  let left = tries;
  for (let isSmaller = true; isSmaller && left > 0;) {
    isSmaller = false;
    for (const candidate of candidates(theatre, route, best)) {
      left -= 1;
      if (left < 0) break;
      // One after the other: the next depends on whether this one still breaks it.
      // oxlint-disable-next-line no-await-in-loop
      if ((await lawOf(candidate)) !== law) continue;
      best = candidate;
      isSmaller = true;
      break;
    }
  }
  return best;
}

function* candidates(
  theatre: Theatre,
  { caller, end }: Route,
  { requests, answers }: Example,
): Generator<Example> {
  const { requestStream, responseStream } = procedureKinds[caller.procedure.kind];
  const [own, other] = [theatre.reading(caller.release), theatre.reading(end.release)];
  for (const fewer of smallerLists(requests, requestStream)) {
    if (fewer.every((value) => own.isSendable(caller.procedure.request, value)))
      yield { requests: fewer, answers };
  }
  for (const fewer of smallerLists(answers, responseStream)) {
    if (fewer.every((value) => other.isSendable(end.procedure.response, value)))
      yield { requests, answers: fewer };
  }
}

/** A list that is a stream may get shorter; else only its one message gets smaller. */
function* smallerLists(
  values: readonly unknown[],
  isStream: boolean,
): Generator<readonly unknown[]> {
  for (const list of smaller(values)) {
    if (Array.isArray(list) && (isStream || list.length === values.length)) yield list;
  }
}
