/** A program in a process of its own, so that its heap can be small and its death is seen. */
import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/** A program that was bundled, to be run with little memory. */
export class SmallProcess {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** Bundles a program. */
  static async of(program: URL): Promise<SmallProcess> {
    const made = new SmallProcess(mkdtempSync(join(tmpdir(), "concordat-small-")));
    await build({
      entryPoints: [fileURLToPath(program)],
      outfile: made.#file,
      bundle: true,
      platform: "node",
      format: "esm",
      logLevel: "silent",
    });
    return made;
  }

  /** Runs it with a heap of so many megabytes, and whatever else Node is told. */
  run(heapMb: number, ...flags: readonly string[]): SpawnSyncReturns<string> {
    return spawnSync(process.execPath, [`--max-old-space-size=${heapMb}`, ...flags, this.#file], {
      encoding: "utf8",
      timeout: 60_000,
    });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  get #file(): string {
    return join(this.#folder, "program.mjs");
  }
}
