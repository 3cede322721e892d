/** The processes that the demonstration starts. None of them outlives it. */
import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Ten times what the slowest of them needs on a slow machine. */
const patienceMs = 30_000;

/** Starts programs that lie beside this one, and stops them all. */
export class ChildProcesses {
  readonly #started = new Set<ChildProcess>();
  readonly #base: string;

  /** @param base The URL of the module that the programs' paths are relative to. */
  constructor(base: string) {
    this.#base = base;
    process.once("exit", () => this.stop());
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.once(signal, () => process.exit(1));
    }
  }

  /**
   * Starts a program and waits for the one thing that it has to say.
   *
   * @throws Error (the promise rejects) when it ends without a word, or says nothing for too long.
   */
  firstWord<Word>(program: string, ...parameters: readonly string[]): Promise<Word> {
    const child = fork(fileURLToPath(new URL(program, this.#base)), parameters);
    this.#started.add(child);
    return new Promise((resolve, reject) => {
      const giveUp = setTimeout(() => {
        reject(new Error(`${program} has said nothing for ${patienceMs / 1_000} seconds.`));
      }, patienceMs);
      child.once("error", reject);
      child.once("exit", (code) => {
        clearTimeout(giveUp);
        reject(new Error(`${program} ended with ${String(code)}, before it said anything.`));
      });
      child.once("message", (word) => {
        clearTimeout(giveUp);
        resolve(word as Word); // these are our own programs, and this is all that they send
      });
    });
  }

  /** Ends all that still run. */
  stop(): void {
    for (const child of this.#started) child.kill("SIGKILL");
    this.#started.clear();
  }
}
