/** One case of the behaviour table, played by a real client against a real server. */
import { type Client, ConcordatError, type Metadata } from "@concordat/client";
import type { BehaviourCase, CallOfCase, Expectation } from "./behaviour-case.ts";
import { type scripted, type Script } from "./scripted-contract.ts";

/** A client of the service under test. */
export type ScriptedClient = Client<{ readonly scripted: typeof scripted }>;

/** What came of a call: as much as a case may look at. */
export interface Outcome {
  response?: unknown;
  items?: unknown[];
  itemCount?: number;
  ends?: "well";
  fails?: unknown;
  leading?: Metadata;
  trailing?: Metadata;
  handler?: unknown;
}

/** What came of a case. */
export interface Played {
  /** Of each call. */
  readonly outcomes: readonly Outcome[];
  /** What the client was told. */
  readonly heard: readonly unknown[];
}

/** Plays all calls of a case at the same time. */
export async function play(client: ScriptedClient, played: BehaviourCase): Promise<Played> {
  const heard: unknown[] = [];
  if (played.hears !== undefined) client.scripted.news.on((news) => void heard.push(news));
  const runs = played.calls.map((call, at) => new CallRun(client, call, `${played.case}-${at}`));
  const over = runs.map(async (run, at) => {
    const others = runs.filter((_, index) => index !== at).map(({ ended }) => ended);
    const { after } = run.call;
    if (after !== undefined)
      await client.scripted.record({ id: `${played.case}-${after}`, of: "start" });
    return run.run(Promise.all(others));
  });
  return { outcomes: await Promise.all(over), heard };
}

/** One call. */
class CallRun {
  readonly call: CallOfCase;
  readonly ended: Promise<void>;
  readonly #client: ScriptedClient;
  readonly #script: Script;
  readonly #control = new AbortController();
  readonly #outcome: Outcome = {};
  #end: () => void = () => undefined;

  constructor(client: ScriptedClient, call: CallOfCase, id: string) {
    this.#client = client;
    this.call = call;
    this.#script = { id, steps: [...call.handler] };
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  async run(othersOver: Promise<unknown>): Promise<Outcome> {
    const { givesUp, expect } = this.call;
    if (givesUp?.at === "before") this.#giveUp();
    const settled = this.#settle(othersOver);
    if (givesUp?.at === "once") this.#giveUp();
    if (givesUp?.at === "started") {
      await this.#record("start");
      this.#giveUp();
    }
    await settled;
    if (givesUp?.at === "over") this.#giveUp();
    this.#end();
    if (expect.handler !== undefined)
      this.#outcome.handler = await this.#record(expect.handler.started === 0 ? "now" : "end");
    return this.#outcome;
  }

  async #settle(othersOver: Promise<unknown>): Promise<void> {
    try {
      await this.#make(othersOver);
    } catch (error) {
      if (!(error instanceof ConcordatError)) throw error;
      this.#outcome.fails = error;
    }
  }

  async #make(othersOver: Promise<unknown>): Promise<void> {
    const { scripted } = this.#client;
    const options = this.#options();
    switch (this.call.kind) {
      case "unary":
        this.#outcome.response = await scripted.unary(this.#script, options);
        return;
      case "clientNotification":
        for (const value of this.call.sends ?? [])
          await scripted.told({ id: this.#script.id, value }, options);
        return;
      case "clientStream":
        this.#outcome.response = await scripted.clientStream(this.#requests(), options);
        return;
      case "serverStream":
        return this.#read(scripted.serverStream(this.#script, options), othersOver);
      case "bidiStream":
        return this.#read(scripted.bidiStream(this.#requests(), options), othersOver);
    }
  }

  async #read(answers: AsyncIterable<unknown>, othersOver: Promise<unknown>): Promise<void> {
    const { givesUp, stallsAfter } = this.call;
    const items: unknown[] = [];
    this.#outcome.items = items;
    const enough = typeof givesUp?.at === "object" && "items" in givesUp.at ? givesUp.at.items : -1;
    for await (const item of answers) {
      items.push(item);
      this.#outcome.itemCount = items.length;
      if (items.length === stallsAfter) await othersOver;
      if (items.length !== enough) continue;
      if (givesUp?.by === "break") break;
      this.#giveUp();
    }
    this.#outcome.itemCount = items.length;
    this.#outcome.ends = "well";
  }

  async *#requests(): AsyncGenerator<{ script?: Script; item?: unknown }> {
    const { sends = [], sendsMany, staysOpen, givesUp } = this.call;
    const enough = typeof givesUp?.at === "object" && "sent" in givesUp.at ? givesUp.at.sent : -1;
    yield { script: this.#script };
    let sent = 0;
    const many = Array.from({ length: sendsMany?.count ?? 0 }, () =>
      "x".repeat(sendsMany?.bytes ?? 0),
    );
    for (const item of [...sends, ...many]) {
      if (sent === enough) this.#giveUp();
      yield { item };
      sent += 1;
    }
    if (sent === enough) this.#giveUp();
    if (staysOpen === true) await new Promise(() => undefined); // the client lets go of it when the call is over
  }

  #options(): Parameters<ScriptedClient["scripted"]["unary"]>[1] {
    const { timeoutMs, metadata } = this.call;
    return {
      signal: this.#control.signal,
      onLeading: (leading) => {
        this.#outcome.leading = leading;
        if (this.call.givesUp?.at === "leading") this.#giveUp();
      },
      onTrailing: (trailing) => void (this.#outcome.trailing = trailing),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      // The client looks at every pair itself.
      ...(metadata === undefined ? {} : { metadata: metadata as Metadata }),
    };
  }

  #giveUp(): void {
    for (let times = this.call.givesUp?.times ?? 1; times > 0; times -= 1) this.#control.abort();
  }

  #record(of: "start" | "end" | "now"): Promise<unknown> {
    return this.#client.scripted.record({ id: this.#script.id, of });
  }
}

/** What a case looks at, of an outcome and of its expectation, in the same form. */
export function compared(
  outcome: Outcome,
  expected: Expectation,
): { actual: unknown; expected: unknown } {
  const { itemsAtMost, handler, ...rest } = expected;
  const actual: Record<string, unknown> = { ...outcome };
  const wanted: Record<string, unknown> = { ...rest };
  if (itemsAtMost !== undefined) wanted["items"] = itemsAtMost.slice(0, outcome.itemCount ?? 0);
  if (handler !== undefined) {
    const { takenAtMost, yieldedAtMost, ...exact } = handler;
    const record = outcome.handler as { taken: number; yielded: number }; // what the service records
    const { taken, yielded } = record;
    wanted["handler"] = { ...exact, takenTooMuch: false, yieldedTooMuch: false };
    actual["handler"] = {
      ...record,
      takenTooMuch: taken > (takenAtMost ?? Infinity),
      yieldedTooMuch: yielded > (yieldedAtMost ?? Infinity),
    };
  }
  return { actual, expected: wanted };
}
