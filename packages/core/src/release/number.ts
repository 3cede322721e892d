/** The numbers of releases: `major.minor.patch`, and their order. */

const grammar = /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

/** How far a release is from the one before it. */
export type Step = "patch" | "minor" | "major";

/** Whether a text is a release number: three whole numbers without leading zeros, joined by dots. */
export function isReleaseNumber(text: string): boolean {
  return grammar.test(text);
}

/** Less than zero when `left` is the older release, zero when they are the same, more when it is the newer. */
export function compareReleaseNumbers(left: string, right: string): number {
  const leftParts = partsOf(left);
  const rightParts = partsOf(right);
  return (
    leftParts[0] - rightParts[0] || leftParts[1] - rightParts[1] || leftParts[2] - rightParts[2]
  );
}

/** Whether a release lies below a floor: no working tree does, and nothing where there is none. */
export function isBelowFloor(release: string | undefined, floor: string | undefined): boolean {
  return release !== undefined && floor !== undefined && compareReleaseNumbers(release, floor) < 0;
}

/** The major number of a release. */
export function majorOf(release: string): number {
  return partsOf(release)[0];
}

/**
 * The number that follows a release by a step.
 *
 * Below 1.0.0 a major step moves the middle number and a minor step the last one, as package managers read 0.x.
 */
export function nextReleaseNumber(release: string, step: Step): string {
  const [major, minor, patch] = partsOf(release);
  if (major === 0) return step === "major" ? `0.${minor + 1}.0` : `0.${minor}.${patch + 1}`;
  if (step === "major") return `${major + 1}.0.0`;
  return step === "minor" ? `${major}.${minor + 1}.0` : `${major}.${minor}.${patch + 1}`;
}

/**
 * Whether every release of one line serves the older ones of it without an adapter: the same major,
 * and below 1.0.0 the same middle number as well.
 */
export function isSameLine(left: string, right: string): boolean {
  const [leftMajor, leftMinor] = partsOf(left);
  const [rightMajor, rightMinor] = partsOf(right);
  return leftMajor === rightMajor && (leftMajor !== 0 || leftMinor === rightMinor);
}

function partsOf(release: string): readonly [number, number, number] {
  const match = grammar.exec(release);
  if (match === null) throw new RangeError(`${JSON.stringify(release)} is not a release number.`);
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}
