/** A drafted adapter in words. */
import type { AdapterStep } from "@concordat/compat";

/** What the steps of an adapter do, as one clause. */
export function remedyText(steps: readonly AdapterStep[]): string {
  return steps.map(stepText).join("; then ");
}

function stepText(step: AdapterStep): string {
  const place = step.at === "" ? "" : ` in ${step.at}`;
  switch (step.step) {
    case "rename":
      return `rename ${step.from} to ${step.to}${place}`;
    case "default":
      return `set ${step.name} to ${JSON.stringify(step.value)} where it is absent${place}`;
    case "constant":
      return `set ${step.name} to ${JSON.stringify(step.value)}${place}`;
    case "drop":
      return `leave out ${step.names.join(", ")}${conditionText(step.when)}${place}`;
    case "wrap":
      return `put ${step.at || "the value"} into a list of one`;
    case "head":
      return `take the first element of ${step.at || "the value"}`;
    case "hoist":
      return `move ${step.name} out of ${step.inside}${place}`;
    case "plunge":
      return `move ${step.name} into ${step.inside}${place}`;
    case "map":
      return `for each element${place}: ${remedyText(step.steps)}`;
    case "variant":
      return `for ${step.tag} ${JSON.stringify(step.is)}${place}: ${remedyText(step.steps)}`;
    case "literal":
      return `replace ${step.values.map(pairText).join(", ")}${place}`;
    default:
      return JSON.stringify(step satisfies never);
  }
}

function conditionText(when: unknown): string {
  return when === undefined ? "" : ` where it is ${JSON.stringify(when)}`;
}

function pairText([from, to]: readonly [unknown, unknown]): string {
  return `${JSON.stringify(from)} by ${JSON.stringify(to)}`;
}
