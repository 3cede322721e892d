/** What clients call themselves, as labels of counters: whatever they say, there are only so many. */

/** A client's name and version as they are counted; empty texts where it said nothing. */
export interface ClientLabel {
  readonly name: string;
  readonly version: string;
}

/** What stands for everything that has no label of its own. */
export const other = "(other)";

/** Who has not shown who it is. */
export const nobody: ClientLabel = { name: "", version: "" };

/** Long enough for any honest name, short enough for a table of hundreds. */
const mostCharacters = 64;

/** Gives each client its label. First come, first served: a label never changes its meaning, so counters only grow. */
export class ClientLabels {
  readonly #most: number;
  readonly #labels = new Map<string, Map<string, ClientLabel>>();
  readonly #others: ClientLabel = { name: other, version: other };
  #size = 0;

  /** @param most How many names with their versions have labels of their own. One name has at most a quarter of them. */
  constructor(most: number) {
    this.#most = most;
    // Whoever says nothing, or calls itself as the rest is called, is counted with those: two rows with the same labels
    // make a text that no scraper takes.
    for (const label of [nobody, this.#others])
      this.#labels.set(label.name, new Map([[label.version, label]]));
  }

  /** What everybody is counted under who came too late. */
  get others(): ClientLabel {
    return this.#others;
  }

  /** The label of a client: the same object for the same words. */
  labelOf({ name, version }: { readonly name?: string; readonly version?: string }): ClientLabel {
    const cleanName = cleaned(name);
    const cleanVersion = cleaned(version);
    const versions = this.#labels.get(cleanName);
    const known = versions?.get(cleanVersion);
    if (known !== undefined) return known;
    const hasRoom = this.#size < this.#most && (versions?.size ?? 0) < this.#most / 4;
    if (!hasRoom) return versions === undefined ? this.#others : overflowOf(cleanName, versions);
    this.#size += 1;
    const label = { name: cleanName, version: cleanVersion };
    this.#labels.set(
      cleanName,
      (versions ?? new Map<string, ClientLabel>()).set(cleanVersion, label),
    );
    return label;
  }
}

/** The further versions of a name that is known. */
function overflowOf(name: string, versions: Map<string, ClientLabel>): ClientLabel {
  const label = versions.get(other) ?? { name, version: other };
  versions.set(other, label);
  return label;
}

/** Short, and without characters that steer a terminal or are no Unicode; of a 10 MB name only the beginning is read. */
function cleaned(text = ""): string {
  return text.slice(0, mostCharacters).replaceAll(/\p{C}/gu, "\u{FFFD}");
}
