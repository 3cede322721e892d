/** A project in a temporary folder, with the packages that stubs import, and compilers to run on it. */
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));

/** Where the settings are. */
export const settingsFolder: string = join(repository, "type-compat");

/** The oldest compiler that is supported, and the newest, each with the package that it is installed as. */
export const compilers = { "5.9": "typescript-5.9", "7.0": "typescript" } as const;

/** One of the compilers. */
export type Compiler = keyof typeof compilers;

/** A project to compile. */
export class CompileProject {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** A new project. The packages' declarations are brought up to date first: stubs see those. */
  static async create(): Promise<CompileProject> {
    await run("7.0", ["-b", "packages/client", "packages/server"]);
    const folder = await mkdtemp(join(tmpdir(), "concordat-compile-"));
    const modules = join(folder, "node_modules/@concordat");
    await mkdir(modules, { recursive: true });
    for (const name of ["core", "client", "server"]) {
      await symlink(join(repository, "packages", name), join(modules, name));
    }
    const typebox = join(repository, "packages/core/node_modules/typebox");
    await symlink(typebox, join(folder, "node_modules/typebox"));
    const project = new CompileProject(folder);
    await project.write("package.json", '{ "type": "module" }');
    return project;
  }

  async write(path: string, text: string): Promise<void> {
    const file = join(this.#folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }

  /** What a compiler has to complain about, with one of the settings; an empty text for nothing. */
  compile(compiler: Compiler, settings: string): Promise<string> {
    return run(compiler, ["-p", join(this.#folder, settings)]);
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }
}

function run(compiler: Compiler, words: readonly string[]): Promise<string> {
  const main = join(repository, "node_modules", compilers[compiler], "bin/tsc");
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...words], { cwd: repository }, (_error, stdout, stderr) => {
      resolve(stdout + stderr);
    });
  });
}
