/** Which releases a client offers, and what it cannot do in each. */
import type { ReleaseDocument } from "@concordat/core";
import { type ClientOffer, isSameLine } from "@concordat/core/internal";

/**
 * The newest release and all older ones of its line, newest first.
 *
 * A stub speaks its own release's messages only, so in an older release it lacks every procedure that was not
 * there yet or had another fingerprint.
 */
export function offersOf(history: readonly ReleaseDocument[]): readonly ClientOffer[] {
  const newest = history.at(-1);
  if (newest === undefined) return [];
  const line = history.filter(({ release }) => isSameLine(release, newest.release));
  return line.toReversed().map((document) => {
    const { release, fingerprint } = document;
    const lacks = lacksOf(document, newest, line);
    return Object.keys(lacks).length === 0
      ? { release, fingerprint }
      : { release, fingerprint, lacks };
  });
}

function lacksOf(
  document: ReleaseDocument,
  newest: ReleaseDocument,
  line: readonly ReleaseDocument[],
): Record<string, string> {
  const lacks: Record<string, string> = {};
  for (const name of Object.keys(newest.procedures)) {
    if (!isSame(document, newest, name)) lacks[name] = firstWith(name, newest, line);
  }
  return lacks;
}

/** The oldest release from which on the procedure has been what it is. */
function firstWith(
  name: string,
  newest: ReleaseDocument,
  line: readonly ReleaseDocument[],
): string {
  const lastOther = line.findLastIndex((document) => !isSame(document, newest, name));
  return line[lastOther + 1]?.release ?? newest.release;
}

function isSame(left: ReleaseDocument, right: ReleaseDocument, name: string): boolean {
  const [one, other] = [left, right].map(({ procedures }) =>
    Object.hasOwn(procedures, name) ? procedures[name]?.fingerprint : undefined,
  );
  return one !== undefined && one === other;
}
