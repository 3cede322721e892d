/** Steps the other way round: what leads from the older form to the newer leads back. */
import { equalsJson } from "../schema/equality.ts";
import type { Json } from "../schema/schema.ts";
import { type AdapterStep, type Pointer, pointerTo } from "./step.ts";

/** The way back. */
export interface Reversal {
  readonly steps: readonly AdapterStep[];
  /**
   * Where the way there and back may not lead to the value that was set out with, as pointers into that value.
   * Everywhere else it does.
   */
  readonly lost: readonly Pointer[];
}

/** The steps that undo others, and what they cannot restore. */
export function reversed(steps: readonly AdapterStep[]): Reversal {
  const back = steps.map(reversedStep);
  const lost = back.flatMap((reversal, index) =>
    reversal.lost.map((pointer) => before(steps.slice(0, index), pointer)),
  );
  return {
    steps: back.toReversed().flatMap((reversal) => reversal.steps),
    lost: [...new Set(lost)],
  };
}

function reversedStep(step: AdapterStep): Reversal {
  const { at } = step;
  switch (step.step) {
    case "rename":
      return only({ step: "rename", at, from: step.to, to: step.from });
    case "wrap":
      return only({ step: "head", at });
    case "head":
      return only({ step: "wrap", at }, at);
    case "hoist":
      return only({ ...step, step: "plunge" });
    case "plunge":
      return only({ ...step, step: "hoist" }, pointerTo(at, step.inside));
    case "default":
      return only(
        { step: "drop", at, names: [step.name], when: step.value },
        pointerTo(at, step.name),
      );
    case "constant":
      return only({ step: "drop", at, names: [step.name] }, pointerTo(at, step.name));
    case "drop":
      return {
        steps: step.when === undefined ? [] : step.names.map((name) => filled(at, name, step.when)),
        lost: step.names.map((name) => pointerTo(at, name)),
      };
    case "map": {
      const inner = reversed(step.steps);
      return only({ step: "map", at, steps: inner.steps }, ...under(`${at}/*`, inner.lost));
    }
    case "variant": {
      const inner = reversed(step.steps);
      return only({ ...step, ...afterwards(step), steps: inner.steps }, ...under(at, inner.lost));
    }
    case "literal":
      return only(
        { step: "literal", at, values: step.values.map(([from, to]) => [to, from] as const) },
        ...(isInjective(step.values) ? [] : [at]),
      );
  }
}

function only(step: AdapterStep, ...lost: readonly Pointer[]): Reversal {
  return { steps: [step], lost };
}

function filled(at: Pointer, name: string, value: Json = null): AdapterStep {
  return { step: "default", at, name, value };
}

function under(at: Pointer, pointers: readonly Pointer[]): readonly Pointer[] {
  return pointers.map((pointer) => at + pointer);
}

/** How a variant is told once its own steps are done: they may have renamed its tag, or given it another value. */
function afterwards(variant: Extract<AdapterStep, { readonly step: "variant" }>): {
  readonly tag: string;
  readonly is: Json;
} {
  let { tag, is } = variant;
  for (const step of variant.steps) {
    if (step.step === "rename" && step.at === "" && step.from === tag) tag = step.to;
    if (step.step === "constant" && step.at === "" && step.name === tag) is = step.value;
    if (step.step === "literal" && step.at === pointerTo("", tag)) is = mapped(step.values, is);
  }
  return { tag, is };
}

function mapped(values: readonly (readonly [Json, Json])[], value: Json): Json {
  const pair = values.find(([from]) => equalsJson(value, from));
  return pair === undefined ? value : pair[1];
}

function isInjective(values: readonly (readonly [Json, Json])[]): boolean {
  return values.every(([, to], index) =>
    values.slice(0, index).every(([, other]) => !equalsJson(to, other)),
  );
}

/** Where a part was before some steps were done. */
function before(steps: readonly AdapterStep[], pointer: Pointer): Pointer {
  return steps.reduceRight((there, step) => {
    if (step.step !== "rename") return there;
    const renamed = pointerTo(step.at, step.to);
    const isInside = there === renamed || there.startsWith(`${renamed}/`);
    return isInside ? pointerTo(step.at, step.from) + there.slice(renamed.length) : there;
  }, pointer);
}
