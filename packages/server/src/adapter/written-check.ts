/** What an adapter may have in it: types say so too, where it is written in TypeScript. */
import { isObject } from "@concordat/core/internal";

import { shown } from "../option-value.ts";
import type { Adapter, Answer, Conversion, MetadataConversion } from "./adapter.ts";
import type { ProcedureMessages } from "./messages.ts";

type Messages = ProcedureMessages[string];

const adapterParts: Parts<Adapter> = { from: true, to: true, procedures: true };
const conversionParts: Parts<Conversion<Messages, Messages>> = {
  renamedTo: true,
  request: true,
  response: true,
  errors: true,
  metadata: true,
  lost: true,
  withheld: true,
};
const answerParts: Parts<Pick<Answer<Messages, ProcedureMessages>, "answer" | "calls">> = {
  answer: true,
  calls: true,
};
const metadataParts: Parts<MetadataConversion> = { request: true, response: true };

type Parts<Whole> = { readonly [Name in keyof Required<Whole>]: true };

/** A sentence where this is no adapter, or has more in it than is looked at: what is misspelt would pass values on as they are. */
export function* adapterShapeFaults(adapter: unknown): Generator<string> {
  const known = Object.keys(adapterParts).join(", ");
  if (!isObject(adapter)) yield `an adapter is an object of ${known}, not ${shown(adapter)}`;
  else if (!isObject(adapter["procedures"]))
    yield `"procedures" of an adapter is an object with a member for each procedure, not ${shown(adapter["procedures"])}`;
  else
    for (const name of strangers(adapter, adapterParts))
      yield `an adapter has no "${name}", only ${known}`;
}

/** The same of what an adapter says about one procedure, as the end of a sentence about it. */
export function* writtenShapeFaults(written: unknown): Generator<string> {
  if (written === undefined || written === "project" || written === "unimplemented") return;
  if (!isObject(written)) {
    yield `has ${shown(written)}, which is neither "project", "unimplemented" nor an object`;
  } else if ("answer" in written) {
    if (typeof written["answer"] !== "function")
      yield `has an answer that is no function: ${shown(written["answer"])}`;
    if (written["calls"] !== undefined && !Array.isArray(written["calls"]))
      yield `has calls that are no list: ${shown(written["calls"])}`;
  } else yield* conversionShapeFaults(written);
}

function* conversionShapeFaults(written: Readonly<Record<string, unknown>>): Generator<string> {
  for (const name of strangers(written, { ...conversionParts, ...answerParts }))
    yield `has a "${name}", which nothing looks at; there are ${Object.keys(conversionParts).join(", ")}`;
  for (const part of ["request", "response"] as const)
    if (!isConversion(written[part]))
      yield `has a ${part} that is neither a function, a list of steps nor made of streams: ${shown(written[part])}`;
  const { errors = {}, metadata = {} } = written;
  if (!isObject(errors)) yield `has errors that are no object: ${shown(errors)}`;
  else
    for (const [name, error] of Object.entries(errors))
      if (error !== undefined && error !== "generic" && !isObject(error))
        yield `has ${shown(error)} for the error ${name}, which is neither "generic" nor an object`;
  if (!isObject(metadata)) yield `has metadata that are no object: ${shown(metadata)}`;
  else
    for (const [name, convert] of Object.entries(metadata)) {
      if (!Object.hasOwn(metadataParts, name))
        yield `has metadata "${name}", which nothing looks at; there are ${Object.keys(metadataParts).join(", ")}`;
      else if (convert !== undefined && typeof convert !== "function")
        yield `has metadata "${name}" that is no function: ${shown(convert)}`;
    }
}

function isConversion(part: unknown): boolean {
  return (
    part === undefined ||
    typeof part === "function" ||
    Array.isArray(part) ||
    (isObject(part) && typeof part["stream"] === "function")
  );
}

function strangers(given: object, parts: Readonly<Record<string, true>>): readonly string[] {
  return Object.keys(given).filter((name) => !Object.hasOwn(parts, name));
}
