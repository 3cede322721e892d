/** The messages of one call: what the caller sends, and what the handler answers. */
import {
  type ProcedureDocument,
  type ProcedureKindRule,
  procedureKinds,
  type ReleaseDocument,
  type Schema,
} from "@concordat/core";

import type { Lean } from "./leaf-values.ts";
import type { Fault } from "./law.ts";
import { isPlainObject, type Reading } from "./reading.ts";
import type { Theatre } from "./theatre.ts";
import type { ValueSource } from "./value-source.ts";

/** One call, before it is made. */
export interface Example {
  readonly requests: readonly unknown[];
  readonly answers: readonly unknown[];
}

/** What is said of a procedure that has no example: it was not tried, which must not look like success. */
export const noExample: Fault = {
  law: "served",
  path: "",
  message: "No value of one of its messages could be found.",
};

/** The name of a property that nobody declares. */
const stranger = "x-not-declared";

/** The messages of the call of a number, boundaries first; `undefined` where a schema has no value that was found. */
export function exampleOf(
  theatre: Theatre,
  caller: { readonly release: ReleaseDocument; readonly procedure: ProcedureDocument },
  answering: { readonly release: ReleaseDocument; readonly procedure: ProcedureDocument },
  number: number,
): Example | undefined {
  const { requestStream, responseStream, oneWay }: ProcedureKindRule =
    procedureKinds[caller.procedure.kind];
  const lean: Lean = number === 0 ? "least" : number === 1 ? "most" : "any";
  const items = number === 0 ? 0 : number === 1 ? 4 : 1 + theatre.chance.below(3);
  const requests = messagesOf(
    theatre.source(caller.release),
    caller.procedure.request,
    oneWay === "server" ? 0 : requestStream ? items : 1,
    lean,
  );
  const answers = messagesOf(
    theatre.source(answering.release),
    answering.procedure.response,
    oneWay === "client" ? 0 : responseStream ? items : 1,
    lean,
  );
  return requests === undefined || answers === undefined ? undefined : { requests, answers };
}

/** Several messages of a schema. */
export function messagesOf(
  source: ValueSource,
  schema: Schema,
  count: number,
  lean: Lean = "any",
): readonly unknown[] | undefined {
  const found = Array.from({ length: count }, () => source.next(schema, lean));
  if (found.includes(undefined)) return undefined;
  return found.map((each) => each?.value);
}

/** The same message with something in it that its release does not declare, as a spread leaves it behind. */
export function withStranger(reading: Reading, schema: Schema, value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  const more = { ...value, [stranger]: { secret: 1 } };
  // Where anything may stand in it, this would be a message like any other.
  return reading.isValid(schema, more) && !reading.isSendable(schema, more) ? more : value;
}

/** Something like a message that its release refuses, or `undefined` where none was found. */
export function broken(
  theatre: Theatre,
  release: ReleaseDocument,
  schema: Schema,
  value: unknown,
): { readonly value: unknown } | undefined {
  const reading = theatre.reading(release);
  for (let attempt = 0; attempt < 12; attempt += 1) {
    const other = damaged(theatre, value);
    if (!reading.isValid(schema, other)) return { value: other };
  }
  return undefined;
}

function damaged(theatre: Theatre, value: unknown): unknown {
  const { chance } = theatre;
  const whole = [null, true, -7, 0.5, "", "?", [], {}, [null], ...beside(value)];
  if (Array.isArray(value) && value.length > 0 && chance.is(0.8)) {
    const at = chance.below(value.length);
    return value.map((each: unknown, index) => (index === at ? damaged(theatre, each) : each));
  }
  if (!isPlainObject(value) || chance.is(0.2)) return chance.of(whole);
  const names = Object.keys(value);
  if (names.length === 0) return chance.of(whole);
  const name = chance.of(names);
  const entries = Object.entries(value);
  if (chance.is(0.3)) return Object.fromEntries(entries.filter(([key]) => key !== name));
  return Object.fromEntries(
    entries.map(([key, part]) => [key, key === name ? damaged(theatre, part) : part]),
  );
}

/** What lies just beyond a boundary, where a value is on it. */
function beside(value: unknown): readonly unknown[] {
  if (typeof value === "number") return [value - 1, value + 1, value - 0.125, value - 1, value + 1];
  if (typeof value === "string") return [value + value, `${value}?`, value.slice(1)];
  const elements: readonly unknown[] = Array.isArray(value) ? value : [];
  return elements.length === 0 ? [] : [[...elements, ...elements], elements.slice(1)];
}
