/** Generated code brought to life: bundled with the runtime that it imports, and run. */
import { fileURLToPath } from "node:url";
import type { ReleaseDocument } from "@concordat/core";
import type { ClientContract, ServerContract } from "@concordat/core/internal";
import { build, type Metafile } from "esbuild";
import { emitStub } from "../../src/emit/emit-stub.ts";
import { spokenFormsIn } from "../../src/project/spoken-forms.ts";
import { derivedIn } from "../../src/project/derived-adapters.ts";

const packageFolder = fileURLToPath(new URL("../../", import.meta.url));

/** The files of a stub as a package, by path. */
export function packageOf(history: readonly ReleaseDocument[]): ReadonlyMap<string, string> {
  const files = emitStub({
    history,
    derived: derivedIn(history),
    spoken: spokenFormsIn(history),
    face: { as: "package", name: "@acme/contract" },
  });
  return new Map(files.map(({ path, text }) => [path, text]));
}

/** The files of a stub as sources, by path. */
export function sourcesOf(history: readonly ReleaseDocument[]): ReadonlyMap<string, string> {
  return new Map(
    emitStub({
      history,
      derived: derivedIn(history),
      spoken: spokenFormsIn(history),
      face: { as: "ts" },
    }).map(({ path, text }) => [path, text]),
  );
}

/** One module of a stub with everything that it imports, for a browser. */
export async function bundled(text: string): Promise<{ code: string; metafile: Metafile }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: text, resolveDir: packageFolder, loader: "js" },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    conditions: ["@concordat/source"],
    minify: true,
    logLevel: "silent",
  });
  return { code: outputFiles[0]?.text ?? "", metafile };
}

/** What a client stub exports under a name. */
export async function clientOf(
  history: readonly ReleaseDocument[],
  name = "orders",
): Promise<ClientContract<unknown>> {
  const module = await moduleOf(packageOf(history).get("client.js") ?? "");
  return module[name] as ClientContract<unknown>; // what the generator is asked for
}

/** What a server stub exports under a name. */
export async function serverOf(
  history: readonly ReleaseDocument[],
  name = "orders",
): Promise<ServerContract<unknown>> {
  const module = await moduleOf(packageOf(history).get("server.js") ?? "");
  return module[name] as ServerContract<unknown>; // what the generator is asked for
}

async function moduleOf(text: string): Promise<Record<string, unknown>> {
  const { code } = await bundled(text);
  const address = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
  return (await import(/* @vite-ignore */ address)) as Record<string, unknown>; // a module's exports
}
