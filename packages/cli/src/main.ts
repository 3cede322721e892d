/** The process: reads its arguments, prints what the run left behind, and exits. The only place that does so. */
import { Console } from "node:console";
import { readFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";

import { isObject, messageOf } from "@concordat/core/internal";

import { UnusableInput } from "./project/unusable-input.ts";
import { run } from "./run.ts";

const { argv, env, stdout, stderr } = process;

const exit = process.exit.bind(process);

// A reader that has seen enough (`concordat explain | head`) closes the pipe; that is no failure of ours.
stdout.on("error", () => exit());

// What a module of the project prints must not get between the lines of a report.
globalThis.console = new Console(stderr);

// A module of the project that ends the process would end a check with its own status, and nothing checked.
process.exit = () => {
  throw new Error("it calls process.exit, which would end this command");
};
syncBuiltinESMExports();

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
  mishap: mishap(),
});

process.exitCode = outcome.exitCode;
// A contract's source may have left timers behind: the end is ours to say, once all is printed.
stdout.write(outcome.stdout, () => stderr.write(outcome.stderr, () => exit()));

/** Modules of the project run in this process, and may fail, or never end, behind the back of whoever imports them. */
function mishap(): Promise<never> {
  return new Promise((_, reject) => {
    process.on("uncaughtException", (error: unknown) => {
      const reason = messageOf(error);
      const text = `A module of the project failed where nobody waited for it: ${reason}`;
      reject(new UnusableInput(text));
    });
    // Only something that will never happen is still waited for.
    process.on("beforeExit", () => {
      const text = "A module of the project waits for something that never comes.";
      reject(new UnusableInput(text));
    });
  });
}

async function ownVersion(): Promise<string> {
  const text = await readFile(new URL("../package.json", import.meta.url), "utf8");
  const json: unknown = JSON.parse(text);
  return isObject(json) ? String(json["version"]) : "";
}
