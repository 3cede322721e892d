/** Goes through one message of two releases, from pair to pair, and collects what there is to say of each. */
import { placeKey, type SchemaNode } from "../normal/node.ts";
import { type Account, type Found, foundAt } from "./account.ts";
import { Site } from "./site.ts";
import type { Pair, Way } from "./way.ts";
import type { Workbench } from "./workbench.ts";

/** Deeper places are not told apart in a report; the verdict does not depend on it. */
const deepest = 24;

/** More differences than this are not listed one by one. */
const most = 500;

/** The differences of one message; each pair is reported where it is first reached. */
export function differencesOf(bench: Workbench, before: SchemaNode, after: SchemaNode): Found[] {
  bench.search.refill();
  const tour = new Tour(bench);
  tour.visit({ before, after });
  return tour.found;
}

class Tour {
  readonly found: Found[] = [];
  readonly #bench: Workbench;
  readonly #visited = new Set<number>();

  constructor(bench: Workbench) {
    this.#bench = bench;
  }

  /** Turns to a pair: at the root, or one way further than a site. */
  visit({ before, after }: Pair, outer?: Site, way?: Way): void {
    const account = this.#bench.accountOf(before, after);
    const depth = outer === undefined ? 0 : outer.depth + 1;
    // Most pairs have nothing to say.
    if (account.length === 0 || depth > deepest || this.found.length >= most) return;
    const key = placeKey(before, after);
    if (this.#visited.has(key)) return;
    this.#visited.add(key);
    this.#tell(account, new Site(outer, way));
  }

  #tell(account: Account, site: Site): void {
    for (const entry of account) {
      if (entry.kind === "note") {
        if (this.found.length < most) this.found.push(foundAt(entry.note, site));
      } else if (entry.kind === "inner") {
        this.visit(entry.inner, site, entry.inner.way);
      } else {
        const from = this.found.length;
        this.#tell(entry.revised.entries, site);
        const inside = this.found.splice(from);
        for (const found of inside) this.found.push(entry.revised.revise(found, site));
      }
    }
  }
}
