/** Judges differences in one direction: which of them break a message, which lose something, which do neither. */
import { fits } from "../include/fitting.ts";
import { altered, emitted, type Literal, refused, shaken } from "../include/literal.ts";
import type { Outcome } from "../include/outcome.ts";
import type { Search } from "../include/search.ts";
import type { SchemaNode } from "../normal/node.ts";
import type { Verdict } from "../rule/rule.ts";
import type { Witnesses } from "../witness/witness.ts";
import type { Found } from "./account.ts";
import { type Difference, otherSide, type Side } from "./difference.ts";
import { embedded, isProven } from "./embedding.ts";
import { demandAt } from "./place.ts";
import type { Workbench } from "./workbench.ts";

/** The two messages, and which of them is sent. */
export interface Crossing {
  readonly before: SchemaNode;
  readonly after: SchemaNode;
  readonly sender: Side;
  /** Whether a client sends. */
  readonly isRequest: boolean;
}

/** A verdict with what supports it. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly reason?: string;
  readonly witness?: unknown;
}

/** How much work goes into showing that nothing is dropped. Where it takes more, that something may be is a warning. */
const stepsForAltered = 5_000;

/** Judges one message in one direction. */
export class Judge {
  readonly #bench: Workbench;
  readonly #search: Search;
  readonly #crossing: Crossing;
  readonly #question: readonly Literal[];
  readonly #outcome: Outcome;
  #altered: Outcome | undefined;

  constructor(bench: Workbench, crossing: Crossing) {
    const { search } = bench;
    this.#bench = bench;
    this.#search = search;
    this.#crossing = crossing;
    this.#question = [
      emitted(crossing[crossing.sender]),
      refused(crossing[otherSide(crossing.sender)]),
    ];
    search.refill();
    this.#outcome = search.find(...this.#question);
  }

  /** The message as a whole. */
  whole(): Judgement {
    return this.#judged(this.#outcome, () => true);
  }

  /** What is to be said where a request may arrive only in part: accepted, but holding what the server does not declare. */
  loss(): Judgement | undefined {
    const outcome = this.#alteration();
    if (outcome === undefined || outcome.found === "nothing") return undefined;
    // What cannot be told, or takes too long to tell, is a warning as well.
    return { verdict: "lossy", ...(outcome.found === "doubt" && { reason: outcome.doubt.reason }) };
  }

  /**
   * What is to be said where all is accepted as it is written, and a receiver that leaves out what it does not declare
   * may find that the rest breaks a rule: it looks at both.
   */
  shock(): Judgement | undefined {
    if (this.#outcome.found !== "nothing") return undefined;
    const { sender } = this.#crossing;
    const [from, to] = [this.#crossing[sender], this.#crossing[otherSide(sender)]];
    this.#search.refill();
    const outcome = this.#search.find(emitted(from), shaken(to));
    if (outcome.found === "nothing") return undefined;
    const like = "value" in outcome ? `, as of ${JSON.stringify(outcome.value)}` : "";
    const reason = `a rule about the whole may fail once what the receiver does not declare is left out${like}`;
    return { verdict: "undecided", reason };
  }

  /** A value of which the receiver drops a part; undefined where not even all are accepted, or nobody asked for all of it. */
  #alteration(): Outcome | undefined {
    const { sender, isRequest } = this.#crossing;
    if (!isRequest || this.#outcome.found !== "nothing") return undefined;
    if (this.#altered !== undefined) return this.#altered;
    this.#search.refill(stepsForAltered);
    const [from, to] = [this.#crossing[sender], this.#crossing[otherSide(sender)]];
    return (this.#altered = this.#search.find(emitted(from), altered(to)));
  }

  /** What one difference contributes: values that break the message because of it. */
  of(found: Found): Judgement {
    const { difference } = found.note;
    if (difference.undecided !== undefined)
      return { verdict: "undecided", reason: difference.undecided };
    const breaks = this.#breaks(found, difference);
    return breaks.verdict === "compatible" && this.#loses(difference)
      ? { verdict: "lossy" }
      : breaks;
  }

  #breaks(found: Found, difference: Difference): Judgement {
    const demand = difference.demand[otherSide(this.#crossing.sender)];
    if (this.#outcome.found === "nothing" || demand === undefined) return { verdict: "compatible" };
    this.#search.refill();
    const near = embedded(this.#bench, found, this.#crossing.sender, demand);
    if (near.found === "nothing") return { verdict: "compatible" };
    if (
      near.found === "value" &&
      (this.#isProven(found, near.inner) || this.#confirms(near.value)) &&
      (found.site.isPlain || this.#witnesses().isEmitted(near.value))
    ) {
      return { verdict: "breaking", witness: near.value };
    }
    const literal = refused(demandAt([...found.site.place, ...difference.place], demand));
    const outcome = this.#search.find(...this.#question, literal);
    return this.#judged(outcome, (value) => this.#isRefused(literal, value));
  }

  #judged(outcome: Outcome, alsoBreaks: (value: unknown) => boolean): Judgement {
    if (outcome.found === "nothing") return { verdict: "compatible" };
    if ("value" in outcome) {
      this.#search.refill();
      const isSure = outcome.found === "value" || this.#witnesses().isEmitted(outcome.value);
      if (isSure && this.#confirms(outcome.value)) {
        return {
          verdict: "breaking",
          witness: this.#witnesses().shrunk(outcome.value, alsoBreaks),
        };
      }
    }
    if (outcome.found === "doubt") {
      const { reason, keyword, path } = outcome.doubt;
      const where =
        keyword === undefined ? "" : ` (${keyword}${path === undefined ? "" : ` at ${path}`})`;
      return { verdict: "undecided", reason: `${reason}${where}` };
    }
    const value = JSON.stringify(outcome.value);
    return {
      verdict: "undecided",
      reason: `a value was found that should break (${value}), but TypeBox does not confirm it`,
    };
  }

  /** Whether TypeBox confirms a value at its place, and with that the message around it. */
  #isProven({ note: { here }, site }: Found, inner: unknown): boolean {
    const { sender } = this.#crossing;
    if (here === undefined || !isProven(this.#bench, site, sender)) return false;
    return this.#bench.witnessesOf(here[sender], here[otherSide(sender)]).confirms(inner);
  }

  #loses({ lost }: Difference): boolean {
    if (lost === undefined || !lost.sides.includes(this.#crossing.sender)) return false;
    if (lost.counts === "everywhere") return true;
    // Another schema may declare what this one does not: a condition, or another option.
    return this.#crossing.isRequest && this.#alteration()?.found !== "nothing";
  }

  #isRefused(literal: Literal, value: unknown): boolean {
    return fits(this.#search, [literal], value) === true;
  }

  #confirms(value: unknown): boolean {
    return this.#witnesses().confirms(value);
  }

  #witnesses(): Witnesses {
    const { sender } = this.#crossing;
    const [from, to] = [this.#crossing[sender], this.#crossing[otherSide(sender)]];
    return this.#bench.witnessesOf(from, to);
  }
}
