/** What a release of this contract is called by its protocol: its revision, a date. */

/** The revision that a release document names in its doc text, e.g. `2025-06-18`. */
export function revisionOf({ doc }: { readonly doc?: string }): string {
  const [revision] = /\d{4}-\d{2}-\d{2}/.exec(doc ?? "") ?? [];
  if (revision === undefined)
    throw new Error(`A release says ${doc ?? "nothing"}, which names no revision.`);
  return revision;
}
