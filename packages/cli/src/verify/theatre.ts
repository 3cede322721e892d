/** Everything that is set up once for a contract: readings of its releases, values for them, and the stages. */
import type { ProcedureDocument, ReleaseDocument } from "@concordat/core";
import { present } from "@concordat/core/internal";
import type { Service } from "@concordat/server/portable";

import { Chance } from "./chance.ts";
import type { Adapters } from "./crossing.ts";
import { Reading } from "./reading.ts";
import { Script } from "./script.ts";
import type { ServerKit } from "./server-kit.ts";
import { Stage } from "./stage.ts";
import { ValueSource } from "./value-source.ts";

/** A contract to be verified. */
export interface Subject extends Adapters {
  readonly contract: string;
  /** The oldest release that is served. Default: the first. */
  readonly floor?: string | undefined;
}

/** A stage with the handlers on it. */
export interface Played {
  readonly stage: Stage;
  readonly script: Script;
  readonly service: Service;
}

/** The stages of one contract. */
export class Theatre {
  readonly subject: Subject;
  readonly chance: Chance;
  readonly #kit: ServerKit;
  readonly #readings = new Map<ReleaseDocument, Reading>();
  readonly #sources = new Map<ReleaseDocument, ValueSource>();
  readonly #stages = new Map<string, Played>();

  constructor(subject: Subject, kit: ServerKit, seed: number) {
    this.subject = subject;
    this.#kit = kit;
    this.chance = new Chance(seed);
  }

  /** A release, read. */
  reading(release: ReleaseDocument): Reading {
    const known = this.#readings.get(release) ?? new Reading(release.definitions);
    this.#readings.set(release, known);
    return known;
  }

  /** Values of a release's messages. */
  source(release: ReleaseDocument): ValueSource {
    const known = this.#sources.get(release) ?? new ValueSource(this.reading(release), this.chance);
    this.#sources.set(release, known);
    return known;
  }

  /** All releases from the floor on, with a server that implements the newest. */
  whole(): Played {
    return this.#played("", this.subject.history, this.subject.floor);
  }

  /** The same with another floor. */
  withFloor(floor: string): Played {
    return this.#played(`floor ${floor}`, this.subject.history, floor);
  }

  /** Two neighbours alone, with a server that implements the newer one. */
  pair(older: ReleaseDocument, newer: ReleaseDocument): Played {
    return this.#played(`${older.release} ${newer.release}`, [older, newer], undefined);
  }

  async close(): Promise<void> {
    for (const { stage } of this.#stages.values()) await stage.close();
    this.#stages.clear();
  }

  #played(key: string, history: readonly ReleaseDocument[], floor: string | undefined): Played {
    const known = this.#stages.get(key);
    if (known !== undefined) return known;
    const { contract, adapters, derived } = this.subject;
    const newest = history.at(-1);
    const isWithin = ({ from, to }: { readonly from: string; readonly to: string }): boolean =>
      [from, to].every((number) => history.some(({ release }) => release === number));
    const script = new Script((name) => this.#spare(newest, name));
    const service = this.#kit.implement<object>(
      { name: contract, history, derived: derived.filter(isWithin) },
      {
        handlers: newest === undefined ? {} : script.handlers(newest),
        adapters: adapters.filter(isWithin),
        ...present({ floor }),
      },
    );
    const played = { stage: new Stage(this.#kit, history, service, script), script, service };
    this.#stages.set(key, played);
    return played;
  }

  /** What a procedure answers that nobody asked about: an adapter may. */
  #spare(release: ReleaseDocument | undefined, name: string): readonly unknown[] {
    const procedure: ProcedureDocument | undefined = release?.procedures[name];
    if (release === undefined || procedure === undefined) return [];
    const found = this.source(release).next(procedure.response);
    return found === undefined ? [] : [found.value];
  }
}
