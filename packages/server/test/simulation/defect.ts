/** Mistakes that a library could make: planted now and then, to see that the books notice each of them. */

/** What was heard, with the session that it came on. */
export interface Heard {
  readonly message: number;
  readonly session: number | undefined;
}

/** One mistake, and what a violation that it causes says. */
export interface Defect {
  readonly about:
    | "client notifications"
    | "server notifications"
    | "credentials"
    | "calls"
    | "callers"
    | "sessions"
    | "refusals"
    | "floors"
    | "contracts"
    | "streams"
    | "handlers";
  readonly does:
    | "lose"
    | "repeat"
    | "delay"
    | "outlive"
    | "confuse"
    | "ignore"
    | "overstate"
    | "withhold"
    | "stop";
  readonly sentence: RegExp;
}

/** How often something that can go wrong does. */
const every = 3;

export const defects: readonly Defect[] = [
  { about: "client notifications", does: "lose", sentence: /and not the one before it$/ },
  { about: "client notifications", does: "repeat", sentence: /^the server, .* too often$/ },
  { about: "client notifications", does: "delay", sentence: /^the server, .* too late$/ },
  { about: "server notifications", does: "lose", sentence: /or not the one before it$/ },
  { about: "server notifications", does: "lose", sentence: /^client \d was never told/ },
  { about: "server notifications", does: "repeat", sentence: /^client \d .* too often$/ },
  { about: "server notifications", does: "delay", sentence: /^client \d .* too late, or not/ },
  { about: "credentials", does: "outlive", sentence: /ran on for a caller whose credentials/ },
  { about: "credentials", does: "outlive", sentence: /began for a caller whose credentials/ },
  { about: "calls", does: "repeat", sentence: /was executed 2 times$/ },
  { about: "callers", does: "confuse", sentence: /^session \d+ of .* went on as/ },
  { about: "sessions", does: "outlive", sentence: /went on at another server$/ },
  { about: "refusals", does: "ignore", sentence: /dialled after it was told to move$/ },
  {
    about: "refusals",
    does: "ignore",
    sentence: /\((add|count|sum|echo|look|told)\) ended with ok/,
  },
  { about: "refusals", does: "repeat", sentence: /was told twice to move$/ },
  { about: "floors", does: "lose", sentence: /\(stale\) ended with ok/ },
  { about: "floors", does: "overstate", sentence: /was told to move and is served$/ },
  { about: "contracts", does: "withhold", sentence: /\(extra\) ended with unimplemented/ },
  { about: "streams", does: "stop", sentence: /\((sum|echo)\) never ended$/ },
  { about: "handlers", does: "outlive", sentence: /handlers are open after the end$/ },
];

/** What makes one mistake, or none. */
export class Planted {
  readonly #defect: Defect | undefined;
  #count = 0;
  #held: Heard | undefined;

  constructor(defect: Defect | undefined) {
    this.#defect = defect;
  }

  /** Whether this is a moment for such a mistake. */
  now(about: Defect["about"]): boolean {
    if (this.#defect?.about !== about) return false;
    this.#count += 1;
    return this.#count % every === 0;
  }

  /** Whether such a mistake is made each time. */
  does(about: Defect["about"], does: Defect["does"]): boolean {
    return this.#defect?.about === about && this.#defect.does === does;
  }

  /** Writes down what was heard. */
  hear(about: Defect["about"], heard: Heard[], one: Heard): void {
    const does = this.now(about) ? this.#defect?.does : undefined;
    if (does === "lose") return;
    if (does === "delay") {
      this.#held = one;
      return;
    }
    heard.push(one);
    if (does === "repeat") heard.push(one);
    if (this.#defect?.about === about && this.#held !== undefined) heard.push(this.#held);
    this.#held = undefined;
  }
}
