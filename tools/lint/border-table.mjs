/**
 * What each part of the sources may reach: packages, core's layers, dependencies and globals.
 *
 * This is the list to read and to change; `borders.mjs` only looks things up in it. Paths are
 * relative to the repository, with forward slashes.
 */

/**
 * Which of our packages a package's sources may import. Tests are free.
 *
 * @type {ReadonlyMap<string, readonly string[]>}
 */
export const packageReach = new Map([
  ["core", []],
  ["compat", ["core"]],
  ["server", ["core"]],
  ["client", ["core"]],
  // Its cases run calls between a real client and a real server, over whatever transport they are given.
  ["testing", ["core", "client", "server"]],
  ["cli", ["core", "compat", "server", "client"]],
]);

/**
 * The layers of each package, lowest first: which folders a folder may import, and which files beside the folders.
 *
 * Files beside the folders may import all.
 *
 * @type {ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>}
 */
export const layerReach = new Map([
  [
    "core",
    new Map([
      ["error", []],
      ["wire", ["index-name.ts", "error"]],
      ["transport", ["error", "wire"]],
      ["schema", ["index-name.ts", "error"]],
      // Compat drafts what the server carries out, so its form lies where both can see it.
      ["adapter", ["index-name.ts", "schema"]],
      ["codec", ["index-name.ts", "error", "wire", "schema"]],
      ["contract", ["error", "wire", "schema", "codec"]],
      ["release", ["error", "schema", "codec", "contract", "adapter"]],
      ["negotiation", ["error", "wire", "schema", "contract", "release"]],
      ["handshake", ["error", "wire", "schema", "contract", "release", "negotiation"]],
      ["call", ["error", "wire", "contract"]],
      ["session", ["error", "wire", "transport", "contract", "negotiation", "handshake", "call"]],
      // What closed lists mean, for people. No layer reaches it: nothing that runs carries its sentences along.
      ["reference", ["error", "wire", "contract"]],
    ]),
  ],
  [
    "compat",
    new Map([
      ["regex", []],
      ["rule", []],
      ["normal", []],
      ["include", ["typebox.ts", "regex", "normal"]],
      ["witness", ["typebox.ts", "normal", "include"]],
      ["compare", ["rule", "normal", "include", "witness"]],
      ["derive", ["compare"]],
    ]),
  ],
  [
    "server",
    new Map([
      ["log", ["thenable.ts"]],
      // What authors write for old clients, and the way of a message through it.
      ["adapter", ["option-value.ts"]],
      ["conversion", ["thenable.ts", "adapter"]],
      ["service", ["thenable.ts", "option-value.ts", "adapter", "conversion"]],
      ["peer", ["thenable.ts", "option-value.ts", "log"]],
      ["middleware", ["thenable.ts", "abort.ts", "option-value.ts", "peer"]],
      ["fleet", ["option-value.ts"]],
      [
        "call",
        [
          "thenable.ts",
          "abort.ts",
          "log",
          "adapter",
          "conversion",
          "service",
          "middleware",
          "fleet",
        ],
      ],
      ["notification", ["thenable.ts", "abort.ts", "log", "service", "peer", "fleet", "call"]],
      ["drain", ["random.ts"]],
      ["retirement", ["random.ts", "option-value.ts", "log", "service", "drain"]],
      [
        "connection",
        [
          "random.ts",
          "option-value.ts",
          "log",
          "service",
          "peer",
          "middleware",
          "fleet",
          "call",
          "notification",
          "retirement",
        ],
      ],
      ["upgrade", ["peer", "retirement"]],
      // What stubs of one format import of the server.
      ["stub", []],
    ]),
  ],
  [
    "client",
    new Map([
      ["socket", []],
      ["connection", ["socket"]],
      ["call", ["connection"]],
      ["notification", ["connection", "call"]],
      ["interceptor", ["call", "notification"]],
      ["kind", ["connection", "call", "notification"]],
      // What stubs of one format import of the client.
      ["stub", ["kind"]],
      // What a page does around its client, which does not know of it.
      ["upgrade", ["client.ts"]],
    ]),
  ],
  [
    "cli",
    new Map([
      ["emit", []],
      ["project", ["emit"]],
      ["report", ["exit-status.ts", "project"]],
      ["draft", ["emit", "project", "report"]],
      ["import", ["project", "report"]],
      ["inspect", ["project"]],
      ["verify", ["project", "report"]],
      [
        "command",
        ["exit-status.ts", "emit", "project", "report", "draft", "import", "inspect", "verify"],
      ],
    ]),
  ],
]);

const nodePackages = /^packages\/(server|cli|testing)\//;
const commandOrTest = /^packages\/(cli|testing)\//;
const systemClock = /\/system-clock\.ts$/;
const random = /\/random\.ts$/;

/**
 * Where a dependency may be imported, and where only its types.
 *
 * A package that is missing here may be imported nowhere: a new runtime dependency is a decision,
 * and this is where it is written down.
 *
 * @type {ReadonlyMap<string, { open: readonly RegExp[], typesOnly?: RegExp }>}
 */
export const dependencyDoors = new Map([
  ["@msgpack/msgpack", { open: [/^packages\/core\/src\/wire\//] }],
  ["@noble/hashes", { open: [/^packages\/core\/src\/release\/fingerprint\.ts$/] }],
  [
    "typebox",
    {
      open: [/^packages\/(compat|cli|testing)\//],
      typesOnly: /^packages\/core\/src\/(contract|schema)\//,
    },
  ],
  // The command shakes hands over it, because only ws shows what an upgrade that fails is answered with.
  ["ws", { open: [/^packages\/(server\/src\/upgrade|cli\/src\/inspect)\/ws-[^/]+\.ts$/] }],
  // Which of two files of the client this is, its package.json says: what knows `ws` is not for pages.
  ["#socket", { open: [/^packages\/client\/src\/socket\//] }],
  ["fast-check", { open: [/^packages\/testing\//] }],
  ["node:", { open: [nodePackages] }],
]);

/**
 * Where a global, or one member of it, may be used.
 *
 * A clock and a source of chance are handed in everywhere else: that lets a test move time and
 * repeat a run.
 *
 * @type {ReadonlyMap<string, readonly RegExp[]>}
 */
export const globalDoors = new Map([
  ["window", []],
  ["document", []],
  ["require", []],
  ["process", [nodePackages]],
  ["Buffer", [nodePackages]],
  ["setTimeout", [systemClock, commandOrTest]],
  ["setInterval", [systemClock, commandOrTest]],
  ["setImmediate", [systemClock, commandOrTest]],
  ["clearTimeout", [systemClock, commandOrTest]],
  ["clearInterval", [systemClock, commandOrTest]],
  ["clearImmediate", [systemClock, commandOrTest]],
  ["performance", [systemClock, commandOrTest]],
  ["Date.now", [systemClock, commandOrTest]],
  ["new Date()", [systemClock, commandOrTest]],
  ["AbortSignal.timeout", [systemClock, commandOrTest]],
  ["Math.random", [random]],
  ["crypto", [random]],
]);
