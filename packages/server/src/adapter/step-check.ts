/** What is wrong with steps whatever the messages: types find it too, where an adapter is written in TypeScript. */
import type { AdapterStep } from "@concordat/core";

import type { AnyConversion } from "./message-conversion.ts";

/** Every kind of step. */
const kinds: { readonly [Kind in AdapterStep["step"]]: true } = {
  constant: true,
  default: true,
  drop: true,
  head: true,
  hoist: true,
  literal: true,
  map: true,
  plunge: true,
  rename: true,
  variant: true,
  wrap: true,
};

/** A sentence for each step that does nothing, or something else than it says. */
export function* stepFaults(conversion: AnyConversion | undefined): Generator<string> {
  if (!isData(conversion)) return;
  for (const step of conversion) {
    const { step: kind, at } = step;
    if (!Object.hasOwn(kinds, kind)) {
      yield `has a step ${JSON.stringify(kind)}, which there is not (${Object.keys(kinds).join(", ")})`;
      continue;
    }
    if (typeof at !== "string" || (at !== "" && !at.startsWith("/")))
      yield `has a step ${kind} at ${JSON.stringify(at)}, which is no JSON pointer such as "/lines/*"`;
    if ("steps" in step) yield* stepFaults(step.steps);
  }
}

function isData(conversion: AnyConversion | undefined): conversion is readonly AdapterStep[] {
  return Array.isArray(conversion);
}
