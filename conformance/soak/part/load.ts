/** A client under load: calls of all kinds without a pause, each checked to its end. */
import { type Client, createClient } from "@concordat/client";
import { ConcordatError, type Limits } from "@concordat/core";
import { seededRandom, type SeededRandom } from "@concordat/testing";
import { WebSocket } from "ws";

import { work } from "./work.ts";

/** What a load is made from. */
export interface LoadStart {
  readonly port: number;
  readonly seed: number;
  /** Its operands begin here: no two clients share one. */
  readonly firstOperand: number;
  readonly callsAtOnce: number;
  readonly limits: Partial<Limits>;
}

/** What a load has done so far. */
export interface LoadFigures {
  readonly calls: number;
  readonly items: number;
  /** How many calls ended how. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** How many connections were lost. */
  readonly losses: number;
  readonly violation: string | undefined;
}

/** The longest stream. */
const mostItems = 40;
/** A deadline that is met by a network in good health, and by others sometimes. */
const shortDeadlineMs = 250;
/** How much later than its deadline a call may end: the process may be stopped for so long. */
const toleratedMs = 15_000;

/** The load of one client. */
export class Load {
  readonly #client: Client<{ readonly work: typeof work }>;
  readonly #random: SeededRandom;
  readonly #workers: Promise<void>;
  readonly #outcomes = new Map<string, number>();
  /** The operands of `add` that were answered well. */
  readonly #answered: number[] = [];
  #operand: number;
  #calls = 0;
  #items = 0;
  #losses = 0;
  #isStopping = false;
  /** Whether the server may be killed, and calls may end without a known outcome. */
  #mayLose = false;
  #violation: string | undefined;

  constructor({ port, seed, firstOperand, callsAtOnce, limits }: LoadStart) {
    this.#random = seededRandom(seed);
    this.#operand = firstOperand;
    this.#client = createClient({
      url: `ws://127.0.0.1:${port}/`,
      contracts: { work },
      WebSocket,
      limits,
      backoff: { firstMs: 50, capMs: 500 },
      dialTimeoutMs: 3_000,
    });
    this.#client.on("state", (state) => {
      if (state === "waiting") this.#losses += 1;
    });
    this.#workers = this.#work(callsAtOnce);
  }

  get figures(): LoadFigures {
    return {
      calls: this.#calls,
      items: this.#items,
      outcomes: Object.fromEntries(this.#outcomes),
      losses: this.#losses,
      violation: this.#violation,
    };
  }

  /** From now on a call may end `unavailable`. */
  mayLose(): void {
    this.#mayLose = true;
  }

  /** Finishes the calls that run, and closes. Returns the operands that were answered well. */
  async stop(): Promise<readonly number[]> {
    this.#isStopping = true;
    await this.#workers;
    await this.#client.close();
    return this.#answered;
  }

  async #work(callsAtOnce: number): Promise<void> {
    // Calls ahead of a welcome that never comes have an unknown outcome; all others can be gone on with.
    await this.#client.connect();
    await Promise.all(Array.from({ length: callsAtOnce }, () => this.#workOn()));
  }

  async #workOn(): Promise<void> {
    while (!this.#isStopping && this.#violation === undefined) await this.#callOnce();
  }

  async #callOnce(): Promise<void> {
    const random = this.#random;
    const kind =
      random() < 0.6 ? "add" : (["count", "sum", "echo"] as const)[Math.floor(random() * 3)];
    const length = Math.floor(random() * mostItems);
    const isShort = random() < 0.02;
    const began = performance.now(); // the wall clock is set
    const options = isShort ? { timeoutMs: shortDeadlineMs } : {};
    this.#calls += 1;
    let outcome = "ok";
    try {
      await this.#callKind(kind ?? "add", length, options);
    } catch (error) {
      outcome = error instanceof ConcordatError ? error.code : `thrown ${String(error)}`;
      if (!this.#isExpected(outcome, isShort)) this.#violate(`${kind} ended with ${String(error)}`);
    }
    const tookMs = performance.now() - began;
    if (isShort && tookMs > shortDeadlineMs + toleratedMs)
      this.#violate(
        `${kind} ended ${tookMs} ms after its start, with a deadline of ${shortDeadlineMs}`,
      );
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
  }

  async #callKind(
    kind: "add" | "count" | "sum" | "echo",
    length: number,
    options: { readonly timeoutMs?: number },
  ): Promise<void> {
    const items = Array.from({ length }, (_, at) => at);
    const { work: calls } = this.#client;
    if (kind === "add") {
      const operand = this.#operand;
      this.#operand += 1;
      const answer = await calls.add(operand, options);
      if (answer !== operand + 1) this.#violate(`add ${operand} was answered with ${answer}`);
      this.#answered.push(operand);
    } else if (kind === "sum") {
      const sum = await calls.sum(items, options);
      if (sum !== (length * (length - 1)) / 2) this.#violate(`sum of ${length} was ${sum}`);
      this.#items += length;
    } else {
      let next = 0;
      const stream = kind === "count" ? calls.count(length, options) : calls.echo(items, options);
      for await (const item of stream) {
        if (item !== next) this.#violate(`${kind}: item ${item} came where ${next} was due`);
        next += 1;
      }
      if (next !== length) this.#violate(`${kind}: ${next} of ${length} items came`);
      this.#items += kind === "echo" ? 2 * length : length;
    }
  }

  #isExpected(outcome: string, isShort: boolean): boolean {
    return (
      (isShort && outcome === "deadline_exceeded") || (this.#mayLose && outcome === "unavailable")
    );
  }

  #violate(what: string): void {
    this.#violation ??= what;
  }
}
