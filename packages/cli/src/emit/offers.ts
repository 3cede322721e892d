/** Which releases a client offers, and what it cannot do in each. */
import type { ReleaseDocument } from "@concordat/core";
import { isSameLine, mostOffers } from "@concordat/core/internal";

/** By older release: the procedures that it has in another form, which a client of the newest release may speak. */
export type SpokenForms = ReadonlyMap<string, ReadonlySet<string>>;

/** One release that a stub offers. */
export interface StubOffer {
  readonly document: ReleaseDocument;
  /** The procedures that cannot be called there, each with the release that a server needs for it. */
  readonly lacks: { readonly [procedure: string]: string };
  /** The procedures that are called there in another form. */
  readonly forms: readonly string[];
}

/** The newest release behind the older ones of its line, as many of them as a client offers. */
export function offeredLine(history: readonly ReleaseDocument[]): readonly ReleaseDocument[] {
  const newest = history.at(-1)?.release;
  if (newest === undefined) return [];
  return history.filter(({ release }) => isSameLine(release, newest)).slice(-mostOffers);
}

/**
 * The newest release and the older ones of its line, newest first.
 *
 * In an older release a stub lacks every procedure that was not there yet, or had a form that it does not speak.
 */
export function offersOf(
  history: readonly ReleaseDocument[],
  spoken: SpokenForms,
): readonly StubOffer[] {
  const newest = history.at(-1);
  if (newest === undefined) return [];
  const line = offeredLine(history);
  const names = Object.keys(newest.procedures);
  const isForm = ({ release }: ReleaseDocument, name: string): boolean =>
    spoken.get(release)?.has(name) === true;
  const isLacked = (document: ReleaseDocument, name: string): boolean =>
    !isSame(document, newest, name) && !isForm(document, name);
  /** The oldest release from which on the procedure can be called. */
  const firstWith = (name: string): string => {
    const lastWithout = line.findLastIndex((document) => isLacked(document, name));
    return line[lastWithout + 1]?.release ?? newest.release;
  };
  return line.toReversed().map((document) => {
    const lacked = names.filter((name) => isLacked(document, name));
    return {
      document,
      lacks: Object.fromEntries(lacked.map((name) => [name, firstWith(name)])),
      forms: names.filter((name) => isForm(document, name)),
    };
  });
}

function isSame(left: ReleaseDocument, right: ReleaseDocument, name: string): boolean {
  const [one, other] = [left, right].map(({ procedures }) =>
    Object.hasOwn(procedures, name) ? procedures[name]?.fingerprint : undefined,
  );
  return one !== undefined && one === other;
}
