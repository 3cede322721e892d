/** What a rule of the change table says, and how its verdicts are written. */

/**
 * What a change means for one direction.
 *
 * `compatible` and `lossy` are proofs, `breaking` has a witness, `undecided` counts as breaking and says why.
 */
export type Verdict = "compatible" | "lossy" | "undecided" | "breaking";

/** What the table says of a change: a verdict, or that it depends on what stands around it. */
export type TableVerdict = Verdict | "depends";

/** The four directions in which a message can cross a change. */
export interface Columns {
  /** Request, old client, new server. */
  readonly requestFromOldClient: TableVerdict;
  /** Request, new client, old server. */
  readonly requestFromNewClient: TableVerdict;
  /** Response, old client, new server. */
  readonly responseToOldClient: TableVerdict;
  /** Response, new client, old server. */
  readonly responseToNewClient: TableVerdict;
}

/** One kind of change. */
export interface Rule {
  /** Stable: configurations and adapters' notes refer to it. */
  readonly id: string;
  /** The row of the published change table: `1` to `97` for schemas, `P1` to `P29` for procedures. */
  readonly row: string;
  /** The change in one clause; `{name}`, `{before}` and `{after}` are filled in. */
  readonly title: string;
  /** Why the verdicts are what they are. */
  readonly why: string;
  /** What to do where it breaks. */
  readonly todo: string;
  readonly columns: Columns;
}

const letters = {
  C: "compatible",
  L: "lossy",
  B: "breaking",
  "?": "depends",
} as const;

type Letter = keyof typeof letters;

/** The four columns of a row: C compatible, L lossy, B breaking, ? depends on what stands around it. */
export function columns(row: `${Letter} ${Letter} ${Letter} ${Letter}`): Columns {
  const [first, second, third, fourth] = row.split(" ").map((letter) => letters[letter as Letter]); // by its type
  return {
    requestFromOldClient: first ?? "depends",
    requestFromNewClient: second ?? "depends",
    responseToOldClient: third ?? "depends",
    responseToNewClient: fourth ?? "depends",
  };
}

/** A change that narrows what is allowed. */
export const narrows: Columns = columns("B C C B");
/** A change that widens what is allowed. */
export const widens: Columns = columns("C B B C");
/** A change that does both. */
export const breaks: Columns = columns("B B B B");
/** A change that no message can notice. */
export const unseen: Columns = columns("C C C C");
/** A change that has to be looked at. */
export const depends: Columns = columns("? ? ? ?");
