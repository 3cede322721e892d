/** The flags `--fleet` and `--unused-for`: who still calls what. */
import { readFleet } from "../project/fleet-file.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import type { UseRule } from "../project/usage.ts";

const days = /^[1-9]\d{0,3}$/;

/**
 * What the flags say; `undefined` where nobody counted.
 *
 * @throws UnusableInput for counts that cannot be read, and for days that are none or belong to no counts.
 */
export async function useRule(
  files: readonly string[],
  unusedFor: string | undefined,
  cwd: string,
): Promise<UseRule | undefined> {
  if (unusedFor !== undefined && files.length === 0)
    throw new UnusableInput("--unused-for needs --fleet: nobody counted who calls what.");
  if (unusedFor !== undefined && !days.test(unusedFor))
    throw new UnusableInput(
      `--unused-for ${JSON.stringify(unusedFor)} is no number of days: a whole number from 1 to 9999, such as 30.`,
    );
  if (files.length === 0) return undefined;
  const unusedDays = unusedFor === undefined ? undefined : Number(unusedFor);
  return { fleet: await readFleet(files, cwd), unusedDays };
}
