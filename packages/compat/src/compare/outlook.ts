/** What lies ahead of a pair on a tour: a large contract has far more pairs to pass than pairs to speak of. */
import type { Account, Outlook, Topic } from "./account.ts";

/** More pairs than this are not listed. */
const mostSpots = 64;

/** As many pairs are looked at on behalf of one message. */
const mostTopics = 20_000;

const unknown: Outlook = { nearest: 0, spots: undefined };

/** The outlook of a pair, with that of everything behind it. `accountOf`: what there is to say of a pair. */
export function outlookOf(topic: Topic, accountOf: (topic: Topic) => Account): Outlook {
  if (topic.outlook !== undefined) return topic.outlook;
  const fresh = new Map<Topic, Topic[]>([[topic, []]]);
  const changed: Topic[] = [];
  // A map is walked in the order in which it grows.
  for (const [each] of fresh) {
    const account = accountOf(each);
    const isSpot = speaks(account);
    each.outlook = { nearest: isSpot ? 0 : Infinity, spots: new Set(isSpot ? [each] : []) };
    let isKnown = isSpot;
    for (const inner of innerOf(account)) {
      const parents = fresh.get(inner);
      if (parents !== undefined) parents.push(each);
      else if (inner.outlook === undefined && fresh.size < mostTopics) fresh.set(inner, [each]);
      else isKnown = widened(each.outlook, inner.outlook ?? unknown) || isKnown;
    }
    if (isKnown) changed.push(each);
  }
  // So does a list. Each pair comes up again only with something nearer, or with one more spot.
  for (const each of changed) {
    for (const parent of fresh.get(each) ?? []) {
      const isWider = widened(parent.outlook ?? unknown, each.outlook ?? unknown);
      if (isWider) changed.push(parent);
    }
  }
  return topic.outlook ?? unknown;
}

/** Takes in what can be seen one step further; true if that was more. */
function widened(outlook: Outlook, further: Outlook): boolean {
  let isWider = false;
  if (further.nearest + 1 < outlook.nearest) {
    outlook.nearest = further.nearest + 1;
    isWider = true;
  }
  if (outlook.spots === undefined) return isWider;
  const size = outlook.spots.size;
  for (const spot of further.spots ?? []) outlook.spots.add(spot);
  if (further.spots === undefined || outlook.spots.size > mostSpots) outlook.spots = undefined;
  return isWider || outlook.spots?.size !== size;
}

function speaks(account: Account): boolean {
  return account.some(
    (entry) => entry.kind === "note" || (entry.kind === "revised" && speaks(entry.revised.entries)),
  );
}

function* innerOf(account: Account): Generator<Topic> {
  for (const entry of account) {
    if (entry.kind === "inner") yield entry.inner.topic;
    if (entry.kind === "revised") yield* innerOf(entry.revised.entries);
  }
}
