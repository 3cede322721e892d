/** `package.json` of a contract's package: its version is the release. */
import type { ReleaseDocument } from "@concordat/core";

/** The oldest runtime with the entries that stubs import. Those never change, so every newer one does. */
const runtime = ">=0.1.0";

/** The text of the manifest. */
export function packageManifest(name: string, history: readonly ReleaseDocument[]): string {
  const newest = history.at(-1);
  const { contract = "", release = "", fingerprint = "" } = newest ?? {};
  const exported: readonly (readonly [string, Entry | string])[] = [
    [".", entry("types")],
    ["./client", entry("client")],
    ["./server", entry("server")],
    ...history.map(
      (each) => [`./releases/${each.release}`, entry(`releases/${each.release}/types`)] as const,
    ),
    ["./package.json", "./package.json"],
  ];
  const manifest = {
    name,
    version: release,
    description: `The contract ${contract} in release ${release}: messages, client stub, server stub.`,
    files: ["*.js", "*.d.ts", "releases"],
    type: "module",
    sideEffects: false,
    exports: Object.fromEntries(exported),
    peerDependencies: { "@concordat/client": runtime, "@concordat/server": runtime },
    peerDependenciesMeta: {
      "@concordat/client": { optional: true },
      "@concordat/server": { optional: true },
    },
    concordat: { contract, release, fingerprint },
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** One entry of a package: where its types are, and where its code is. */
interface Entry {
  readonly types: string;
  readonly default: string;
}

function entry(path: string): Entry {
  return { types: `./${path}.d.ts`, default: `./${path}.js` };
}
