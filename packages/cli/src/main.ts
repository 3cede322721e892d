/** The process: reads its arguments, prints what the run left behind, and exits. The only place that does so. */
import { readFile } from "node:fs/promises";

import { isObject } from "@concordat/core/internal";

import { run } from "./run.ts";

const { argv, env, stdout, stderr } = process;

// A reader that has seen enough (`concordat explain | head`) closes the pipe; that is no failure of ours.
stdout.on("error", () => process.exit());

const onTerminal = stdout.isTTY && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
const outcome = await run(argv.slice(2), {
  cwd: process.cwd(),
  outlet: {
    terminal: {
      colour: onTerminal ? "on" : "off",
      width: stdout.isTTY ? Math.max(40, stdout.columns) : Infinity,
    },
    root: env["GITHUB_WORKSPACE"] ?? process.cwd(),
  },
  ownVersion: await ownVersion(),
});

process.exitCode = outcome.exitCode;
// A contract's source may have left timers behind: the end is ours to say, once all is printed.
stdout.write(outcome.stdout, () => stderr.write(outcome.stderr, () => process.exit()));

async function ownVersion(): Promise<string> {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const json: unknown = JSON.parse(text);
  return isObject(json) ? String(json["version"]) : "";
}
