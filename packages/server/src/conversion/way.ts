/** One direction of a route: every conversion on it, put together once. */
import { ConcordatError } from "@concordat/core";
import { compileSteps, type DeclaredPlace } from "@concordat/core/internal";

import {
  type AnyConversion,
  isForStreams,
  type ItemConverter,
} from "../adapter/message-conversion.ts";
import { ServerFault } from "./server-fault.ts";
import { atOnce } from "../thenable.ts";

/** One conversion on the way, in the order in which they are done. */
export interface WayStep {
  /** The releases that it lies between, as the values go. */
  readonly from: string;
  readonly to: string;
  readonly conversion: AnyConversion;
}

/** Neighbouring steps that are data make one leg. */
interface Leg {
  readonly from: string;
  readonly to: string;
  readonly run?: (value: unknown) => unknown;
  readonly stream?: () => ItemConverter<unknown, unknown>;
}

/** One item must not become a stream without end. */
const mostOfOne = 1_000;

/** All conversions of one message in one direction. */
export class Way {
  /** `request` or `response`, for what the log says. */
  readonly #what: string;
  readonly #legs: readonly Leg[];

  /** @param place What a value can hold that sets out on it. Default: anything. */
  constructor(what: string, steps: readonly WayStep[], place?: DeclaredPlace) {
    this.#what = what;
    this.#legs = legsOf(steps, place);
  }

  /** Whether every value stays what it is. */
  get isEmpty(): boolean {
    return this.#legs.length === 0;
  }

  /**
   * One message in the other form.
   *
   * @throws ServerFault naming the adapter that failed; a ConcordatError passes, because an adapter may refuse.
   */
  convert(value: unknown): unknown {
    let converted = value;
    for (const leg of this.#legs) {
      converted = this.#guarded(leg, () =>
        leg.run === undefined ? converted : leg.run(converted),
      );
    }
    return converted;
  }

  /** A converter for the items of one stream. It throws as `convert` does. */
  open(): ItemConverter<unknown, unknown> {
    return this.#legs.reduce<ItemConverter<unknown, unknown>>(
      (before, leg) => {
        const next = this.#legConverter(leg);
        return {
          *item(value) {
            for (const part of before.item(value)) yield* next.item(part);
          },
          *end() {
            for (const part of before.end?.() ?? []) yield* next.item(part);
            yield* next.end?.() ?? [];
          },
        };
      },
      { item: (value) => [value] },
    );
  }

  #legConverter(leg: Leg): ItemConverter<unknown, unknown> {
    const { run, stream } = leg;
    if (stream === undefined) {
      return {
        item: (value) => [this.#guarded(leg, () => (run === undefined ? value : run(value)))],
      };
    }
    const converter = this.#guarded(leg, stream);
    return {
      item: (value) => this.#bounded(leg, () => converter.item(value)),
      end: () => this.#bounded(leg, () => converter.end?.() ?? []),
    };
  }

  *#bounded(leg: Leg, make: () => Iterable<unknown>): Generator {
    const made = this.#guarded(leg, () => atOnce(make())[Symbol.iterator]());
    /** Whether there is nothing to tell it any more: it has ended, or thrown. */
    let isOver = false;
    try {
      for (let count = 0; ; count += 1) {
        isOver = true; // while it is asked: what it throws is its own end
        const next = this.#guarded(leg, () => made.next());
        if (next.done) return;
        isOver = false;
        if (count === mostOfOne)
          throw new ServerFault(`${adapterName(leg)} made more than ${mostOfOne} items of one`);
        yield next.value;
      }
    } finally {
      if (!isOver) leave(made);
    }
  }

  #guarded<T>(leg: Leg, run: () => T): T {
    return guarded(leg, this.#what, run);
  }
}

/**
 * Has an adapter do its part.
 *
 * @throws ServerFault naming the adapter that failed; a ConcordatError passes, because an adapter may refuse.
 */
export function guarded<T>(
  pair: { readonly from: string; readonly to: string },
  what: string,
  run: () => T,
): T {
  try {
    return atOnce(run());
  } catch (error) {
    if (error instanceof ConcordatError || error instanceof ServerFault) throw error;
    const message = ConcordatError.from(error).rawMessage;
    throw new ServerFault(`${adapterName(pair)} failed on the ${what}: ${message}`);
  }
}

/** Its `finally` runs. What it throws then has no one to go to: the call has its end already. */
function leave(made: Iterator<unknown>): void {
  try {
    made.return?.();
  } catch {
    // as `for of` does where it is left by an error
  }
}

/** An adapter as the log names it. */
export function adapterName({ from, to }: { readonly from: string; readonly to: string }): string {
  return `the adapter from ${from} to ${to}`;
}

function legsOf(steps: readonly WayStep[], place: DeclaredPlace | undefined): readonly Leg[] {
  const legs: Leg[] = [];
  let data: WayStep[] = [];
  const close = (): void => {
    const [first, last] = [data[0], data.at(-1)];
    if (first === undefined || last === undefined) return;
    const run = compileSteps(
      data.flatMap(({ conversion }) => (isData(conversion) ? conversion : [])),
      legs.length === 0 ? place : undefined,
    );
    legs.push({ from: first.from, to: last.to, run });
    data = [];
  };
  for (const step of steps) {
    const { from, to, conversion } = step;
    if (isData(conversion)) {
      if (conversion.length > 0) data.push(step);
      continue;
    }
    close();
    legs.push(
      isForStreams(conversion)
        ? { from, to, stream: conversion.stream }
        : { from, to, run: conversion },
    );
  }
  close();
  return legs;
}

function isData(
  conversion: AnyConversion,
): conversion is Extract<AnyConversion, readonly unknown[]> {
  return Array.isArray(conversion);
}
