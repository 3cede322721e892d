/** The fingerprint of a release: from this project where it has it, else from the server. */
import { findConfig, findProject } from "../project/config.ts";
import { readHistory } from "../project/release-folder.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import { type Caller, greet } from "./greeting.ts";

/** @throws UnusableInput where neither knows it, naming both. */
export async function fingerprintOfRelease(
  contract: string,
  release: string,
  caller: Caller,
  cwd: string,
): Promise<string> {
  const own = await ownFingerprint(contract, release, cwd);
  if (own !== undefined) return own;
  const answer = await greet(caller, []);
  const inspection = answer.kind === "welcome" ? answer.welcome.inspect : undefined;
  const shown = inspection?.contracts.find(({ name }) => name === contract);
  const known = shown?.releases.find((each) => each.release === release);
  if (known !== undefined) return known.fingerprint;
  const theirs =
    inspection === undefined ? "the server may not be asked" : "the server does not show it";
  throw new UnusableInput(
    `Nobody knows the fingerprint of ${contract} ${release}: no project in this folder has that release, and ${theirs}.`,
  );
}

async function ownFingerprint(
  contract: string,
  release: string,
  cwd: string,
): Promise<string | undefined> {
  if ((await findConfig(cwd)) === undefined) return undefined;
  const { contractsFolder } = await findProject(cwd);
  const history = await readHistory(contractsFolder, contract);
  return history.find((each) => each.release === release)?.fingerprint;
}
