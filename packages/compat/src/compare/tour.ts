/** Goes through one message of two releases, from pair to pair, and collects what there is to say of each. */
import type { SchemaNode } from "../normal/node.ts";
import { type Account, type Found, foundAt, type Topic } from "./account.ts";
import { outlookOf } from "./outlook.ts";
import { Site } from "./site.ts";
import type { Way } from "./way.ts";
import type { Workbench } from "./workbench.ts";

/** Deeper places are not told apart in a report; the verdict does not depend on it. */
const deepest = 24;

/** More differences than this are not listed one by one. */
const most = 500;

/** The differences of one message; each pair is reported where it is first reached. */
export function differencesOf(bench: Workbench, before: SchemaNode, after: SchemaNode): Found[] {
  bench.search.refill();
  const tour = new Tour(bench);
  tour.visit(bench.topicOf(before, after));
  return tour.found;
}

class Tour {
  readonly found: Found[] = [];
  readonly #bench: Workbench;
  readonly #visited = new Set<Topic>();

  constructor(bench: Workbench) {
    this.#bench = bench;
  }

  /** Turns to a pair: at the root, or one way further than a site. */
  visit(topic: Topic, outer?: Site, way?: Way): void {
    const depth = outer === undefined ? 0 : outer.depth + 1;
    if (depth > deepest || this.found.length >= most || this.#visited.has(topic)) return;
    const { nearest, spots } = outlookOf(topic, this.#accountOf);
    if (depth + nearest > deepest || (spots !== undefined && this.#isTold(spots))) return;
    this.#visited.add(topic);
    this.#tell(this.#accountOf(topic), new Site(outer, way));
  }

  readonly #accountOf = (topic: Topic): Account =>
    (topic.account ??= this.#bench.accountOf(topic.before, topic.after));

  #isTold(spots: Iterable<Topic>): boolean {
    for (const spot of spots) if (!this.#visited.has(spot)) return false;
    return true;
  }

  #tell(account: Account, site: Site): void {
    for (const entry of account) {
      if (entry.kind === "note") {
        if (this.found.length < most) this.found.push(foundAt(entry.note, site));
      } else if (entry.kind === "inner") {
        this.visit(entry.inner.topic, site, entry.inner.way);
      } else {
        const from = this.found.length;
        this.#tell(entry.revised.entries, site);
        const inside = this.found.splice(from);
        for (const found of inside) this.found.push(entry.revised.revise(found, site));
      }
    }
  }
}
