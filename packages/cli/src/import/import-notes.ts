/** What an import could not carry over as it was: collected, counted, and said at the end. Never silent. */
import type { Remark } from "../report/report.ts";

/**
 * How much a change weighs.
 *
 * `note`: another spelling of the same. `warning`: the release accepts something that the original does not, or
 * the other way round.
 */
export type Weight = "note" | "warning";

interface Entry {
  readonly weight: Weight;
  readonly first: string;
  count: number;
}

/** The notes of one document. */
export class ImportNotes {
  readonly #subject: string;
  readonly #entries = new Map<string, Entry>();

  /** @param subject What the notes are about: a revision or a file. */
  constructor(subject: string) {
    this.#subject = subject;
  }

  /** Notes something at a place; the same thing elsewhere only counts. */
  add(weight: Weight, text: string, place: string): void {
    const entry = this.#entries.get(text);
    if (entry === undefined) this.#entries.set(text, { weight, first: place, count: 1 });
    else entry.count += 1;
  }

  /** All notes, warnings first. */
  remarks(): readonly Remark[] {
    return [...this.#entries]
      .map(([text, { weight, first, count }]): Remark => {
        const where = count === 1 ? `at ${first}` : `at ${count} places, first ${first}`;
        return { kind: weight, text: `${this.#subject}: ${text} (${where})` };
      })
      .toSorted(
        (left, right) => Number(right.kind === "warning") - Number(left.kind === "warning"),
      );
  }
}
