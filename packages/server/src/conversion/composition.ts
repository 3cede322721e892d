/** Everything that is converted on a route, put together once: messages, errors, metadata. */
import { ConcordatError, type ErrorDetail, type Metadata } from "@concordat/core";
import { DeclaredPlace, metadataFrom, Mismatch } from "@concordat/core/internal";

import { checked, checkedError } from "./checked.ts";
import { declaredPaths, whereToProject } from "./declared-paths.ts";
import { type AnyConversion, isForStreams } from "../adapter/message-conversion.ts";
import type { DescribedProcedure, ProcedureShapes } from "./release-shapes.ts";
import type { Change, Stop } from "./route.ts";
import { ServerFault } from "./server-fault.ts";
import { adapterName, guarded, Way, type WayStep } from "./way.ts";

/** A message as the part of a procedure that it is. */
type Part = "request" | "response";

/** One change as values pass it: from a stop to its neighbour. */
interface Passage extends Omit<WayStep, "conversion"> {
  readonly stop: Stop;
  readonly conversion: AnyConversion | undefined;
}

/** What is known of the releases that a route passes. */
export interface PassedReleases {
  /** The procedure at a stop, with what its schemas refer to. */
  described(stop: Stop): DescribedProcedure | undefined;
  /** Its shapes, which are made when they are first asked for. */
  shapes(stop: Stop): ProcedureShapes | undefined;
}

/** The conversions of one route. */
export class Composition {
  /** Whether nothing changes at all: one check serves both releases. */
  readonly isIdentity: boolean;
  /** From the caller's request to the answering release's. */
  readonly up: Way;
  /** From the answering release's response to the caller's. */
  readonly down: Way;
  readonly #releases: PassedReleases;
  /** Finds the changes on the route once more: where nothing goes wrong, nobody needs them after this. */
  readonly #changes: () => readonly Change[];
  readonly #withMetadata: readonly Change[];

  constructor(changes: () => readonly Change[], releases: PassedReleases) {
    const all = changes();
    this.isIdentity = all.length === 0;
    this.#changes = changes;
    this.#releases = releases;
    this.#withMetadata = all.filter(({ conversion }) => conversion.metadata !== undefined);
    this.up = this.#way("request", all);
    this.down = this.#way("response", all);
  }

  /** Whether metadata passes as it is. */
  get keepsMetadata(): boolean {
    return this.#withMetadata.length === 0;
  }

  /** What came with a call, as the handler expects it. */
  metadataUp(metadata: Metadata): Metadata {
    return this.#withMetadata.reduce(
      (older, change) => convertedMetadata(change, change.conversion.metadata?.request, older),
      metadata,
    );
  }

  /** What a handler sends, as the caller expects it. */
  metadataDown(metadata: Metadata): Metadata {
    return this.#withMetadata.reduceRight(
      (newer, change) =>
        convertedMetadata(backwards(change), change.conversion.metadata?.response, newer),
      metadata,
    );
  }

  /** A named error of the answering release as the caller's has it; `undefined` where it has none for it. */
  error(detail: ErrorDetail): ErrorDetail | undefined {
    let { name, value } = detail;
    const changes = this.#changes();
    for (const change of changes.toReversed()) {
      const { errors = {} } = change.conversion;
      const mapped = Object.hasOwn(errors, name) ? errors[name] : undefined;
      if (mapped === "generic") return undefined;
      if (mapped !== undefined) {
        const { payload = [] } = mapped;
        const { from, to } = backwards(change);
        value = new Way(`error ${name}`, [{ from, to, conversion: payload }]).convert(value);
        name = mapped.name;
      }
      const known = this.#releases.described(change.older)?.document.errors ?? {};
      if (!Object.hasOwn(known, name)) return undefined;
      // What a release between does not have is lost there, or it might be taken for something else further below.
      const shapes = change === changes[0] ? undefined : this.#releases.shapes(change.older);
      if (shapes !== undefined)
        value = checkedError(shapes, { name, value }, "the converted")?.value;
    }
    return { name, value };
  }

  /**
   * What the log says of a message that came out wrong: the first adapter that made something of it which the release
   * behind it refuses, and where.
   */
  fault(part: Part, value: unknown, mismatch: Mismatch): ServerFault {
    const passages = passagesOf(part, this.#changes());
    const guilty = passages.some(({ conversion }) => isForStreams(conversion))
      ? undefined // a stream cannot be gone through again
      : this.#guilty(part, passages, value);
    return guilty === undefined
      ? this.#faultBefore(passages.length, part, mismatch)
      : faultOf([guilty.passage], part, guilty.mismatch);
  }

  /** The same where nothing can be gone through again: whoever had a hand in it since it was looked at. */
  #faultBefore(index: number, part: Part, mismatch: Mismatch): ServerFault {
    const changes = this.#changes();
    const checks = [...this.#placesToProject(part, changes)].filter((place) => place < index);
    return faultOf(passagesOf(part, changes).slice(Math.max(0, ...checks), index), part, mismatch);
  }

  #guilty(
    part: Part,
    passages: readonly Passage[],
    value: unknown,
  ): { readonly passage: Passage; readonly mismatch: Mismatch } | undefined {
    let converted = value;
    for (const passage of passages) {
      const { conversion = [] } = passage;
      const shape = this.#releases.shapes(passage.stop)?.[part];
      try {
        converted = new Way(part, [{ ...passage, conversion }]).convert(converted);
        converted = shape === undefined ? converted : shape.conform(converted);
      } catch (error) {
        return error instanceof Mismatch ? { passage, mismatch: error } : undefined;
      }
    }
    return undefined;
  }

  #way(part: Part, changes: readonly Change[]): Way {
    const places = this.#placesToProject(part, changes);
    const steps = passagesOf(part, changes).flatMap(
      ({ stop, from, to, conversion = [] }, before): readonly WayStep[] => {
        const index = before + 1;
        const shape = places.has(index) ? this.#releases.shapes(stop)?.[part] : undefined;
        const step = { from, to, conversion };
        const look: AnyConversion = (value) =>
          shape && checked(shape, value, (mismatch) => this.#faultBefore(index, part, mismatch));
        return shape === undefined ? [step] : [step, { from, to, conversion: look }];
      },
    );
    const first = firstStop(part, changes);
    const described = first && this.#releases.described(first);
    const place = described && DeclaredPlace.of(described.document[part], described.definitions);
    return new Way(part, steps, place);
  }

  /**
   * Behind which passages a value is looked at although it goes on: where it may hold what is not declared there and is
   * again later, and beside a function, which is written for what the releases declare and may make anything.
   */
  #placesToProject(part: Part, changes: readonly Change[]): ReadonlySet<number> {
    const passages = passagesOf(part, changes);
    const first = firstStop(part, changes);
    // With one change there is nothing between its releases.
    if (first === undefined || passages.length < 2) return noPlaces;
    const gaps = whereToProject(
      [first, ...passages.map(({ stop }) => stop)].map((stop) => {
        const described = this.#releases.described(stop);
        return described && declaredPaths(described.document[part], described.definitions);
      }),
    );
    const between = [...passages.keys()].slice(1);
    return new Set(
      between.filter(
        (index) => gaps.has(index) || isCode(passages[index - 1]) || isCode(passages[index]),
      ),
    );
  }
}

/** What an adapter makes of metadata. Its peer would take a malformed pair for a broken connection. */
function convertedMetadata(
  pair: Pick<Change, "from" | "to">,
  convert: ((metadata: Metadata) => Metadata) | undefined,
  metadata: Metadata,
): Metadata {
  if (convert === undefined) return metadata;
  const made = guarded(pair, "metadata", () => convert(metadata) ?? metadata);
  try {
    return metadataFrom(made, Infinity);
  } catch (error) {
    const { rawMessage } = ConcordatError.from(error);
    throw new ServerFault(`${adapterName(pair)} failed on the metadata: ${rawMessage}`);
  }
}

const noPlaces: ReadonlySet<number> = new Set();

/** The changes in the order in which a message passes them. */
function passagesOf(part: Part, changes: readonly Change[]): readonly Passage[] {
  if (part === "request") {
    return changes.map(({ from, to, newer, conversion }) => ({
      from,
      to,
      stop: newer,
      conversion: conversion.request,
    }));
  }
  return changes.toReversed().map((change) => ({
    ...backwards(change),
    stop: change.older,
    conversion: change.conversion.response,
  }));
}

/** Where a message sets out. */
function firstStop(part: Part, changes: readonly Change[]): Stop | undefined {
  return part === "request" ? changes[0]?.older : changes.at(-1)?.newer;
}

function isCode(passage: Passage | undefined): boolean {
  return passage?.conversion !== undefined && !Array.isArray(passage.conversion);
}

function faultOf(about: readonly Passage[], part: Part, { path, reason }: Mismatch): ServerFault {
  const written = about.filter(({ conversion }) => conversion !== undefined);
  const maker =
    written.length === 0
      ? `no adapter converts from ${pairsIn(about)}, and something has to`
      : `made by the adapter from ${pairsIn(written)}`;
  return new ServerFault(`${maker}: the ${part} ${reason}`, path);
}

function backwards({ from, to }: Change): { readonly from: string; readonly to: string } {
  return { from: to, to: from };
}

function pairsIn(passages: readonly Passage[]): string {
  return passages.map(({ from, to }) => `${from} to ${to}`).join(", ");
}
