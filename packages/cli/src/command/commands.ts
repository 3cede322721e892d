/** All commands, in the order in which a project meets them. */
import { adapter } from "./adapter.ts";
import { check } from "./check.ts";
import type { Command } from "./command.ts";
import { diff } from "./diff.ts";
import { explain } from "./explain.ts";
import { generate } from "./generate.ts";
import { importReleases } from "./import.ts";
import { init } from "./init.ts";
import { inspect } from "./inspect.ts";
import { release } from "./release.ts";
import { verify } from "./verify.ts";

/** The list that the command line, the help and the reference page are made from. */
export const commands: readonly Command[] = [
  init,
  release,
  generate,
  check,
  verify,
  diff,
  explain,
  adapter,
  importReleases,
  inspect,
];
