/** What running servers counted: `fleet.json`, of one or of many, read and added up. */
import { resolve } from "node:path";

import { isObject, member } from "@concordat/core/internal";

import { readJsonFile } from "./json-file.ts";
import { shownPath } from "./shown-path.ts";
import { UnusableInput } from "./unusable-input.ts";

/** Connections that were counted. */
export interface CountedConnections {
  readonly contract: string;
  readonly release: string;
  readonly open: number;
}

/** Calls that were counted, ended and running together. */
export interface CountedCalls {
  readonly contract: string;
  readonly release: string;
  readonly procedure: string;
  /** The client's name and version, as it says. */
  readonly client: string;
  readonly calls: number;
}

/** The time in which somebody counted what a contract's clients do. */
export interface CountedTime {
  /** In milliseconds; what was counted twice at once is one time. */
  readonly watchedMs: number;
  /** The day on which counting began. */
  readonly since: string;
}

/** Everything that was counted. */
export interface CountedFleet {
  /** The contracts that were served where it was counted, each with the time in which it was. */
  readonly contracts: ReadonlyMap<string, CountedTime>;
  readonly connections: readonly CountedConnections[];
  readonly calls: readonly CountedCalls[];
  /** Whether nothing was counted without its release and procedure. */
  readonly isComplete: boolean;
}

type Members = Readonly<Record<string, unknown>>;

type Span = readonly [since: number, until: number];

interface Part {
  readonly fleet: Omit<CountedFleet, "contracts">;
  readonly contracts: readonly string[];
  readonly span: Span;
}

/**
 * Reads the counts of some servers, and adds them up.
 *
 * @throws UnusableInput for a file that holds no counts: what is misread here would let a break pass.
 */
export async function readFleet(files: readonly string[], cwd: string): Promise<CountedFleet> {
  const parts: Part[] = [];
  for (const file of files) {
    const path = resolve(cwd, file);
    parts.push(new FleetReader(path).part(await readJsonFile(path)));
  }
  const names = new Set(parts.flatMap(({ contracts }) => contracts));
  return {
    contracts: new Map([...names].map((name) => [name, timeOf(name, parts)])),
    connections: parts.flatMap(({ fleet }) => fleet.connections),
    calls: parts.flatMap(({ fleet }) => fleet.calls),
    isComplete: parts.every(({ fleet }) => fleet.isComplete),
  };
}

/** Of the servers that had the contract: what another one saw in longer time says nothing of its clients. */
function timeOf(name: string, parts: readonly Part[]): CountedTime {
  const spans = parts.filter((part) => part.contracts.includes(name)).map(({ span }) => span);
  const since = new Date(Math.min(...spans.map(([start]) => start)));
  return { watchedMs: coveredMs(spans), since: since.toISOString().slice(0, 10) };
}

/** The length of all spans together, where they overlap counted once. */
function coveredMs(spans: readonly Span[]): number {
  let covered = 0;
  let end = -Infinity;
  for (const [since, until] of spans.toSorted(([one], [other]) => one - other)) {
    covered += Math.max(0, until - Math.max(since, end));
    end = Math.max(end, until);
  }
  return covered;
}

class FleetReader {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  part(json: unknown): Part {
    if (!isObject(json) || member(json, "concordat") !== "fleet/1")
      return this.#refuse('is no fleet.json of a server: it has no "concordat": "fleet/1"');
    const isComplete = member(json, "isComplete");
    if (typeof isComplete !== "boolean") this.#refuse('has no "isComplete"');
    const span = [this.#moment(json, "since"), this.#moment(json, "until")] as const;
    const contracts = this.#rows(json, "contracts").map((row, at) =>
      this.#text(row, "name", `contracts/${at}`),
    );
    const connections = this.#rows(json, "connections").map((row, at) => {
      const place = `connections/${at}`;
      return { ...this.#key(row, place), open: this.#count(member(row, "open"), `${place}/open`) };
    });
    const calls = this.#rows(json, "calls").map((row, at) => this.#calls(row, `calls/${at}`));
    return { span, contracts, fleet: { connections, calls, isComplete } };
  }

  #calls(row: Members, place: string): CountedCalls {
    const ended = member(row, "ended");
    if (!isObject(ended)) return this.#refuse(`has no counts at ${place}/ended`);
    const counts = [member(row, "open"), ...Object.values(ended)];
    const name = this.#text(row, "client", place);
    const version = this.#text(row, "clientVersion", place);
    return {
      ...this.#key(row, place),
      procedure: this.#text(row, "procedure", place),
      client: [name, version].filter((word) => word !== "").join(" ") || "a client without a name",
      calls: counts.reduce<number>((sum, count) => sum + this.#count(count, place), 0),
    };
  }

  #key(row: Members, place: string): { readonly contract: string; readonly release: string } {
    return {
      contract: this.#text(row, "contract", place),
      release: this.#text(row, "release", place),
    };
  }

  #rows(json: Members, name: string): readonly Members[] {
    const rows = member(json, name);
    if (Array.isArray(rows) && rows.every((row) => isObject(row))) return rows;
    return this.#refuse(`has no list of objects under "${name}"`);
  }

  #text(row: Members, name: string, place: string): string {
    const value = member(row, name);
    return typeof value === "string" ? value : this.#refuse(`has no text at ${place}/${name}`);
  }

  #count(value: unknown, place: string): number {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
    return this.#refuse(`has no count at ${place}`);
  }

  #moment(json: Members, name: string): number {
    const value = member(json, name);
    const at = typeof value === "string" ? Date.parse(value) : NaN;
    return Number.isNaN(at) ? this.#refuse(`has no time under "${name}"`) : at;
  }

  #refuse(what: string): never {
    throw new UnusableInput(`${shownPath(this.#file)} ${what}.`, this.#file);
  }
}
