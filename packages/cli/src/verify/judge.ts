/** Judges what one crossing made of messages, from what was sent and what arrived. */
import type { Schema } from "@concordat/core";
import { reversed } from "@concordat/core/internal";

import { counted } from "../project/counted.ts";
import { witnessText } from "../report/witness-text.ts";
import type { Conversion, Crossing } from "./crossing.ts";
import { covers, keptFault } from "./kept-parts.ts";
import type { Fault, Law } from "./law.ts";
import { projectionFault } from "./projection.ts";
import type { Reading } from "./reading.ts";
import { runSteps } from "./run-steps.ts";
import { type Deviation, differenceOf } from "./same-value.ts";

/** One end of a crossing. */
export interface End {
  readonly reading: Reading;
  readonly schema: Schema;
  readonly values: readonly unknown[];
}

/** What goes in one direction. */
export interface Passage {
  readonly what: "request" | "response" | "error";
  readonly conversion: Conversion;
  readonly from: End;
  readonly to: End;
  /** What it may lose although the other release declares it. */
  readonly excepted: readonly string[];
}

/** Whether all values of an end are messages of its release and nothing else. */
export function endFault(
  law: Law,
  who: string,
  { reading, schema, values }: End,
): Fault | undefined {
  for (const value of values) {
    if (reading.isSendable(schema, value)) continue;
    const isValid = reading.isValid(schema, value);
    const fault = isValid
      ? `was given something that its release does not declare: ${witnessText(value)}`
      : `was given what its release refuses: ${witnessText(value)}`;
    return { law, path: "", message: `The ${who} ${fault}.` };
  }
  return undefined;
}

/** What is wrong with what arrived. */
export function passageFault(passage: Passage): Fault | undefined {
  const { conversion, from, to, what } = passage;
  const expected = expectedOf(conversion, from.values);
  // What is another thing each time cannot be known before it arrives, nor how many there are of a stream.
  if (expected === undefined && conversion.kind === "stream") return undefined;
  const { length } = expected ?? from.values;
  if (length !== to.values.length) {
    const message = `Of ${counted(length, "message")} ${to.values.length} arrived.`;
    return { law: "exact", path: "", message };
  }
  const { reading, schema } = to;
  for (const [index, found] of to.values.entries()) {
    const kept =
      conversion.kind === "function"
        ? told("kept", what, keptBetween(passage, from.values[index], found))
        : undefined;
    const exact =
      expected === undefined
        ? undefined
        : projectionFault(reading, [schema], expected[index], found);
    const fault = kept ?? told("exact", what, exact);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** What a conversion makes of values when nobody else is in the way; `undefined` where it is never the same twice. */
function expectedOf(
  conversion: Conversion,
  values: readonly unknown[],
): readonly unknown[] | undefined {
  const once = converted(conversion, values);
  if (conversion.kind === "steps") return once;
  return differenceOf(once, converted(conversion, values)) === undefined ? once : undefined;
}

function converted(conversion: Conversion, values: readonly unknown[]): readonly unknown[] {
  if (conversion.kind === "steps") return values.map((value) => runSteps(conversion.steps, value));
  // A copy of each: a function that changes what it is given has that to itself, in a server too.
  const copies = values.map((value) => structuredClone(value));
  if (conversion.kind === "function") return copies.map((value) => conversion.run(value));
  const converter = conversion.open();
  return [...copies.flatMap((value) => [...converter.item(value)]), ...(converter.end?.() ?? [])];
}

/** What goes up in steps has to come back down by the same steps turned round, but for what is said to be lost. */
export function backFault({ isWritten, lost }: Crossing, passage: Passage): Fault | undefined {
  const { conversion, from, to } = passage;
  if (conversion.kind !== "steps") return undefined;
  // Inside a line the release number says that what is not declared any more may be dropped.
  if (!isWritten && conversion.steps.length === 0) return undefined;
  const back = reversed(conversion.steps);
  const excepted = [...lost, ...back.lost];
  for (const [index, value] of from.values.entries()) {
    const returned = runSteps(back.steps, to.values[index]);
    const deviation = differenceOf(value, returned, "", (path) =>
      excepted.some((pointer) => covers(pointer, path)),
    );
    if (deviation === undefined) continue;
    const { path, what } = deviation;
    const message = `${path === "" ? "The message" : path} of the request ${what} on its way up and back, and "lost" does not say so.`;
    return { law: "back", path, message };
  }
  return undefined;
}

function keptBetween(
  { from, to, excepted }: Passage,
  value: unknown,
  found: unknown,
): Deviation | undefined {
  return keptFault(
    { reading: from.reading, schemas: [from.schema], value },
    { reading: to.reading, schemas: [to.schema], value: found },
    excepted,
  );
}

function told(law: Law, of: string, deviation: Deviation | undefined): Fault | undefined {
  if (deviation === undefined) return undefined;
  const { path, what } = deviation;
  return { law, path, message: `${path === "" ? "The message" : path} of the ${of} ${what}.` };
}
