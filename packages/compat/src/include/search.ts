/**
 * Answers whether a value exists that does everything asked: the decision procedure under every verdict.
 *
 * "Every value that S emits is accepted by R" is the question whether no value is emitted by S and refused by R.
 * A question that comes up again while it is still open is assumed to have no answer: values are finite, so an
 * answer to the inner question would be a smaller one. Proofs that lean on such an assumption are kept aside and
 * thrown away if the outer question turns out to have an answer after all.
 */
import { SchemaDocument, type SchemaNode, type Space } from "../normal/node.ts";
import { Sameness } from "../normal/same.ts";
import type { Kind } from "../normal/value.ts";
import { Languages } from "../regex/language.ts";
import { TextSearch } from "../regex/shortest-text.ts";
import { findArray } from "./array.ts";
import type { Branch } from "./branch.ts";
import { branchesOf } from "./splitter.ts";
import {
  type Goal,
  goal,
  isNegative,
  keyOf,
  type Literal,
  nodeOf,
  type Stance,
  stanceOf,
} from "./literal.ts";
import { keptByOptions } from "./kept.ts";
import { findNumber } from "./number.ts";
import { findObject } from "./object.ts";
import { anyOf, nothing, type Outcome, spent, tooDeep } from "./outcome.ts";
import { findString } from "./string.ts";
import { findListed, findPlain } from "./plain.ts";

/** How much work one comparison may take before its answer is "undecided". */
export interface SearchLimits {
  /** Questions and branches looked at. Default 400,000. */
  readonly steps: number;
  /** Questions inside questions. Default 160. */
  readonly depth: number;
}

export const defaultSearchLimits: SearchLimits = { steps: 400_000, depth: 160 };

type Key = ReturnType<typeof keyOf>;

/** One search, with everything that it has learned. */
export class Search {
  readonly space: Space;
  readonly languages: Languages = new Languages();
  readonly texts: TextSearch = new TextSearch(this.languages);
  readonly same: Sameness;
  readonly #scratch: SchemaDocument;
  readonly #limits: SearchLimits;
  readonly #answers = new Map<Key, Outcome>();
  /** Proofs that lean on an open question, with how deep that question lies. */
  readonly #provisional = new Map<Key, number>();
  /** The keys of those proofs in the order in which they were made. */
  #trail: Key[] = [];
  /** Questions that went too deep, with how deep they were asked. */
  readonly #tooDeep = new Map<Key, number>();
  readonly #open = new Map<Key, number>();
  #steps = 0;

  constructor(space: Space, limits: SearchLimits = defaultSearchLimits) {
    this.space = space;
    this.same = new Sameness(space);
    this.#limits = limits;
    this.#scratch = new SchemaDocument(space, true);
  }

  /** The node of a schema that the search itself needs. Equal keys, equal node. */
  made(key: string, raw: unknown): SchemaNode {
    return this.#scratch.make(key, raw);
  }

  /** Allows the full number of steps again, or fewer: what was learned stays. */
  refill(steps: number = this.#limits.steps): void {
    this.#steps = Math.max(0, this.#limits.steps - steps);
  }

  /** Counts a step; false when there are none left. */
  step(): boolean {
    this.#steps += 1;
    return this.#steps <= this.#limits.steps;
  }

  find(...literals: readonly Literal[]): Outcome {
    return this.#answer(goal(...literals));
  }

  #answer(asked: Goal): Outcome {
    const key = keyOf(asked);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const open = this.#open.get(key) ?? this.#provisional.get(key);
    if (open !== undefined) return { found: "nothing", low: open };
    const depth = this.#open.size;
    if (depth >= this.#limits.depth) return tooDeep;
    if (!this.step()) return spent;
    // Deeper down there is even less room than where this question went too deep before.
    if (depth >= (this.#tooDeep.get(key) ?? Infinity)) return tooDeep;
    if (this.#isContradiction(asked)) {
      this.#answers.set(key, nothing);
      return nothing;
    }
    this.#open.set(key, depth);
    const mark = this.#trail.length;
    const outcome = keptByOptions(this, asked) ?? anyOf(this.#outcomes(asked));
    this.#open.delete(key);
    return this.#learn(key, outcome, depth, mark);
  }

  #learn(key: Key, outcome: Outcome, depth: number, mark: number): Outcome {
    if (outcome.found === "nothing" && outcome.low < depth) {
      this.#provisional.set(key, outcome.low);
      this.#trail.push(key);
      return outcome;
    }
    const inner = this.#trail.splice(mark);
    for (const proved of inner) this.#settle(proved, outcome, depth);
    // An answer for want of steps or depth may be better another time.
    if (outcome.found === "nothing") this.#answers.set(key, nothing);
    else if (outcome.found === "value" || !outcome.doubt.isLimit) this.#answers.set(key, outcome);
    else if (outcome.doubt === tooDeep.doubt) this.#tooDeep.set(key, depth);
    return outcome.found === "nothing" ? nothing : outcome;
  }

  /** What becomes of a proof that leaned on a question, now that the question is answered. */
  #settle(proved: Key, outcome: Outcome, depth: number): void {
    const low = this.#provisional.get(proved) ?? Infinity;
    this.#provisional.delete(proved);
    if (outcome.found !== "nothing") return;
    if (low >= depth) this.#answers.set(proved, nothing);
    else {
      this.#provisional.set(proved, low);
      this.#trail.push(proved);
    }
  }

  *#outcomes(asked: Goal): Generator<Outcome> {
    for (const kind of this.#kindsOf(asked)) {
      for (const branch of branchesOf(asked, kind, this.space)) {
        if (!this.step()) {
          yield spent;
          return;
        }
        yield this.#inBranch(kind, branch);
      }
    }
  }

  /** The kinds that every schema that is to be met admits. */
  #kindsOf(asked: Goal): readonly Kind[] {
    const admitting = asked
      .filter((literal) => !isNegative(literal))
      .map((literal) => this.space.factsOf(nodeOf(literal, this.space)).kinds);
    return [...this.space.kinds].filter((kind) => admitting.every((kinds) => kinds.has(kind)));
  }

  #inBranch(kind: Kind, branch: Branch): Outcome {
    const outcome = this.#ofKind(kind, branch);
    const [lacked] = branch.lacked;
    if (lacked === undefined || outcome.found !== "value") return outcome;
    const reason = `${lacked.keyword} is outside the part of JSON Schema that can be compared`;
    return {
      found: "doubt",
      doubt: { reason, path: lacked.path, keyword: lacked.keyword },
      value: outcome.value,
    };
  }

  #ofKind(kind: Kind, branch: Branch): Outcome {
    if (branch.values !== undefined) return findListed(this, branch);
    switch (kind) {
      case "number":
        return findNumber(this, branch);
      case "string":
        return findString(this, branch);
      case "array":
        return findArray(this, branch);
      case "object":
        return findObject(this, branch);
      default:
        return findPlain(branch);
    }
  }

  /** Whether a schema is asked to accept and to refuse at once, even if it is written in two documents. */
  #isContradiction(asked: Goal): boolean {
    const stances = { accepted: [], emitted: [], refused: [], altered: [], shown: [], shaken: [] };
    const nodes: { readonly [S in Stance]: SchemaNode[] } = stances;
    for (const literal of asked) nodes[stanceOf(literal)].push(nodeOf(literal, this.space));
    const { accepted, emitted, refused, altered } = nodes;
    const positive = [...accepted, ...emitted];
    if (positive.length * (refused.length + altered.length) > 16) return false;
    // What several schemas emit together may hold more than one of them declares.
    const alone = emitted.length === 1 ? emitted : [];
    return this.#anySame(positive, refused) || this.#anySame(alone, altered);
  }

  #anySame(nodes: readonly SchemaNode[], others: readonly SchemaNode[]): boolean {
    return nodes.some((left) => others.some((right) => this.same.holds(left, right)));
  }
}
