/** A property that a message may have, as a path that can be laid over another. */

/**
 * Segments: `/name`; `[]` for the elements of an array; `*` for any name; `<tag=value>` for objects that a constant
 * tells apart from others in the same place; last of all `**` for whatever is further inside, and `**Name` for the
 * same of a definition that holds itself.
 */
export class DeclaredPath {
  readonly text: string;
  /** Without what tells variants apart: paths that differ in this overlap only where one {@link isOpen}. */
  readonly bare: string;
  /** Whether it stands for names that nobody wrote down. */
  readonly isOpen: boolean;
  readonly #segments: readonly string[];

  constructor(segments: readonly string[]) {
    this.text = segments.join("\n");
    this.bare = segments.filter((segment) => !isTag(segment)).join("\n");
    this.isOpen = segments.includes("*") || isRest(segments.at(-1));
    this.#segments = segments;
  }

  /** Whether it stands for what a definition holds further inside, of which only the definition knows what that is. */
  get isVague(): boolean {
    const last = this.#segments.at(-1);
    return isRest(last) && last !== "**";
  }

  /** What both stand for; `undefined` where that is nothing. */
  overlap(other: DeclaredPath): DeclaredPath | undefined {
    if (this.text === other.text) return this;
    const common = overlapOf(this.#segments, 0, other.#segments, 0);
    return common && new DeclaredPath(common);
  }

  /** Whether it is known to stand for all that the other one stands for. */
  covers(other: DeclaredPath): boolean {
    if (this.text === other.text) return true;
    return !this.isVague && this.overlap(other)?.text === other.text;
  }
}

/** From one segment of each on. */
function overlapOf(
  left: readonly string[],
  at: number,
  right: readonly string[],
  beside: number,
): readonly string[] | undefined {
  const [mine, theirs] = [left[at], right[beside]];
  if (mine === undefined || theirs === undefined) return mine === theirs ? [] : undefined;
  if (isRest(mine) && (mine === "**" || !isRest(theirs))) return right.slice(beside);
  if (isRest(theirs)) return left.slice(at);
  const isEqual = mine === theirs;
  if (!isEqual && isTag(mine) !== isTag(theirs)) {
    // Objects that are told apart are some of those that are not.
    return isTag(mine)
      ? behind(mine, overlapOf(left, at + 1, right, beside))
      : behind(theirs, overlapOf(left, at, right, beside + 1));
  }
  if (!isEqual && !isAny(mine, theirs) && !isAny(theirs, mine)) return undefined;
  const both = isAny(mine, theirs) ? theirs : mine;
  return behind(both, overlapOf(left, at + 1, right, beside + 1));
}

function behind(
  segment: string,
  rest: readonly string[] | undefined,
): readonly string[] | undefined {
  return rest && [segment, ...rest];
}

function isTag(segment: string): boolean {
  return segment.startsWith("<");
}

function isRest(segment: string | undefined): boolean {
  return segment?.startsWith("**") === true;
}

/** Whether a segment stands for any name, and the other one is a name. */
function isAny(segment: string, name: string): boolean {
  return segment === "*" && name.startsWith("/");
}
