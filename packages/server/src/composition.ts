/** Everything that is converted on a route, put together once: messages, errors, metadata. */
import type { ErrorDetail, Metadata } from "@concordat/core";
import { Mismatch, type Shape } from "@concordat/core/internal";

import { declaredPaths, whereToProject } from "./declared-paths.ts";
import { type AnyConversion, isForStreams } from "./message-conversion.ts";
import type { ProcedureShapes } from "./release-shapes.ts";
import type { Change, Stop } from "./route.ts";
import { ServerFault } from "./server-fault.ts";
import { adapterName, Way, type WayStep } from "./way.ts";

/** A message as the part of a procedure that it is. */
type Part = "request" | "response";

/** One change as values pass it: from a stop to its neighbour. */
interface Passage extends Omit<WayStep, "conversion"> {
  readonly stop: Stop;
  readonly conversion: AnyConversion | undefined;
}

/** The conversions of one route. */
export class Composition {
  /** From the caller's request to the answering release's. */
  readonly up: Way;
  /** From the answering release's response to the caller's. */
  readonly down: Way;
  readonly #changes: readonly Change[];
  readonly #shapesAt: (stop: Stop) => ProcedureShapes | undefined;

  constructor(changes: readonly Change[], shapesAt: (stop: Stop) => ProcedureShapes | undefined) {
    this.#changes = changes;
    this.#shapesAt = shapesAt;
    this.up = this.#way("request");
    this.down = this.#way("response");
  }

  /** Whether nothing changes at all: one check serves both releases. */
  get isIdentity(): boolean {
    return this.#changes.length === 0;
  }

  /** Whether metadata passes as it is. */
  get keepsMetadata(): boolean {
    return this.#changes.every(({ conversion }) => conversion.metadata === undefined);
  }

  /** What came with a call, as the handler expects it. */
  metadataUp(metadata: Metadata): Metadata {
    return this.#changes.reduce(
      (older, change) =>
        guarded(change, "metadata", () => change.conversion.metadata?.request?.(older) ?? older),
      metadata,
    );
  }

  /** What a handler sends, as the caller expects it. */
  metadataDown(metadata: Metadata): Metadata {
    return this.#changes.reduceRight(
      (newer, change) =>
        guarded(
          backwards(change),
          "metadata",
          () => change.conversion.metadata?.response?.(newer) ?? newer,
        ),
      metadata,
    );
  }

  /** A named error of the answering release as the caller's has it; `undefined` where it has none for it. */
  error(detail: ErrorDetail): ErrorDetail | undefined {
    let { name, value } = detail;
    for (const change of this.#changes.toReversed()) {
      const { errors = {} } = change.conversion;
      const mapped = Object.hasOwn(errors, name) ? errors[name] : undefined;
      if (mapped === "generic") return undefined;
      if (mapped !== undefined) {
        const { payload = [] } = mapped;
        const { from, to } = backwards(change);
        value = new Way(`error ${name}`, [{ from, to, conversion: payload }]).convert(value);
        name = mapped.name;
      }
      if (this.#shapesAt(change.older)?.errors.has(name) !== true) return undefined;
    }
    return { name, value };
  }

  /**
   * What the log says of a message that came out wrong: the first adapter that made something of it which the release
   * behind it refuses, and where.
   */
  fault(part: Part, value: unknown, mismatch: Mismatch): ServerFault {
    const passages = this.#passages(part);
    const guilty = passages.some(({ conversion }) => isForStreams(conversion))
      ? undefined // a stream cannot be gone through again
      : this.#guilty(part, passages, value);
    const { path, reason } = guilty?.mismatch ?? mismatch;
    const about = guilty === undefined ? passages : [guilty.passage];
    const written = about.filter(({ conversion }) => conversion !== undefined);
    const maker =
      written.length === 0
        ? `no adapter converts from ${pairsIn(about)}, and something has to`
        : `made by the adapter from ${pairsIn(written)}`;
    return new ServerFault(`${maker}: the ${part} ${reason}`, path);
  }

  #guilty(
    part: Part,
    passages: readonly Passage[],
    value: unknown,
  ): { readonly passage: Passage; readonly mismatch: Mismatch } | undefined {
    let converted = value;
    for (const passage of passages) {
      const { conversion = [] } = passage;
      const shape = this.#shapeAt(passage.stop, part);
      try {
        converted = new Way(part, [{ ...passage, conversion }]).convert(converted);
        converted = shape === undefined ? converted : shape.conform(converted);
      } catch (error) {
        return error instanceof Mismatch ? { passage, mismatch: error } : undefined;
      }
    }
    return undefined;
  }

  #way(part: Part): Way {
    const passages = this.#passages(part);
    const [first] = part === "request" ? this.#changes : this.#changes.slice(-1);
    if (first === undefined) return new Way(part, []);
    const stops = [
      part === "request" ? first.older : first.newer,
      ...passages.map(({ stop }) => stop),
    ];
    // With one change there is nothing between its releases.
    const places =
      stops.length < 3
        ? new Set<number>()
        : whereToProject(stops.map((stop) => this.#declared(stop, part)));
    const steps = passages.flatMap(
      ({ stop, from, to, conversion = [] }, index): readonly WayStep[] => {
        const shape = places.has(index + 1) ? this.#shapeAt(stop, part) : undefined;
        const step = { from, to, conversion };
        return shape === undefined
          ? [step]
          : [step, { from, to, conversion: (value) => shape.conform(value) }];
      },
    );
    return new Way(part, steps);
  }

  /** The changes in the order in which a message passes them. */
  #passages(part: Part): readonly Passage[] {
    if (part === "request") {
      return this.#changes.map(({ from, to, newer, conversion }) => ({
        from,
        to,
        stop: newer,
        conversion: conversion.request,
      }));
    }
    return this.#changes.toReversed().map((change) => ({
      ...backwards(change),
      stop: change.older,
      conversion: change.conversion.response,
    }));
  }

  #shapeAt(stop: Stop, part: Part): Shape | undefined {
    return this.#shapesAt(stop)?.[part];
  }

  #declared(stop: Stop, part: Part): ReadonlySet<string> {
    const shapes = this.#shapesAt(stop);
    return shapes === undefined
      ? new Set()
      : declaredPaths(shapes.document[part], shapes.definitions);
  }
}

function backwards({ from, to }: Change): { readonly from: string; readonly to: string } {
  return { from: to, to: from };
}

function guarded<T>(
  pair: { readonly from: string; readonly to: string },
  what: string,
  run: () => T,
): T {
  try {
    return run();
  } catch (error) {
    throw new ServerFault(`${adapterName(pair)} failed on the ${what}: ${String(error)}`);
  }
}

function pairsIn(passages: readonly Passage[]): string {
  return passages.map(({ from, to }) => `${from} to ${to}`).join(", ");
}
