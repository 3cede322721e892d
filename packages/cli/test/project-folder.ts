/** A project in a temporary folder, and the command run in it. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { onTestFinished, vi } from "vitest";

import type { Outcome } from "../src/run.ts";
import { run } from "../src/run.ts";
import { installedCommand } from "./built-command.ts";

// A test starts several processes, and a busy machine starts them slowly.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** A folder to work in. */
export class ProjectFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Writes a file: a text as it is, bytes as they are, anything else as JSON. */
  async write(name: string, content: unknown): Promise<void> {
    const file = join(this.path, name);
    await mkdir(dirname(file), { recursive: true });
    const isPlain = typeof content === "string" || content instanceof Uint8Array;
    await writeFile(file, isPlain ? content : JSON.stringify(content));
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true, force: true });
  }

  read(name: string): Promise<string> {
    return readFile(join(this.path, name), "utf8");
  }

  async json(name: string): Promise<unknown> {
    return JSON.parse(await this.read(name));
  }

  /** Every file, with its text; what `node_modules` holds does not count. */
  async files(): Promise<ReadonlyMap<string, string>> {
    const entries = await readdir(this.path, { recursive: true, withFileTypes: true });
    const texts = new Map<string, string>();
    for (const entry of entries) {
      const file = join(entry.parentPath, entry.name).slice(this.path.length + 1);
      if (entry.isFile()) texts.set(file, await this.read(file));
    }
    return texts;
  }

  /** Runs the command in this process: no start-up to wait for. */
  run(...words: readonly string[]): Promise<Outcome> {
    return run(words, {
      cwd: this.path,
      outlet: { terminal: { colour: "off", width: Infinity }, root: this.path },
      ownVersion: "0.0.0",
    });
  }

  /** Runs the command as a process of its own, as a user does. */
  async start(...words: readonly string[]): Promise<Outcome> {
    const { main, modules } = await installedCommand();
    await symlink(modules, join(this.path, "node_modules")).catch(() => undefined);
    return new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [main, ...words],
        { cwd: this.path },
        (_, stdout, stderr) => resolve({ stdout, stderr, exitCode: child.exitCode ?? -1 }),
      );
    });
  }
}

/** A new, empty folder, gone when its test is over. */
export async function emptyFolder(): Promise<ProjectFolder> {
  const folder = await lastingFolder();
  onTestFinished(() => folder.remove());
  return folder;
}

/** A new, empty folder that whoever asked for it removes: for what several tests start from. */
export async function lastingFolder(): Promise<ProjectFolder> {
  return new ProjectFolder(await mkdtemp(join(tmpdir(), "concordat-test-")));
}

/** A project with a contract called `orders` that has one release; its source is plain JavaScript without TypeBox. */
export async function releasedProject(first = "1.0.0"): Promise<ProjectFolder> {
  return releasedIn(await emptyFolder(), first);
}

/** The same in a folder that is there. */
export async function releasedIn(folder: ProjectFolder, first = "1.0.0"): Promise<ProjectFolder> {
  await folder.write("package.json", { type: "module" });
  await folder.write("concordat.config.json", {
    contracts: "contracts",
    sources: { orders: "./contract.js" },
  });
  await folder.write("contract.js", sourceWith({ sku: { type: "string" } }));
  const outcome = await folder.start("release", "--first", first);
  if (outcome.exitCode !== 0) throw new Error(outcome.stderr);
  return folder;
}

/** The source of a contract whose one request has these required properties, and these optional ones. */
export function sourceWith(required: object, optional: object = {}): string {
  const request = {
    type: "object",
    properties: { ...required, ...optional },
    required: Object.keys(required),
  };
  const response = { type: "object", properties: { id: { type: "string" } }, required: ["id"] };
  return `import { defineContract, unary } from "@concordat/core";
export const orders = defineContract("orders", {
  place: unary({ request: ${JSON.stringify(request)}, response: ${JSON.stringify(response)} }),
});
`;
}
