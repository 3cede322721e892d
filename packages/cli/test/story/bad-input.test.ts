/** Whatever a command is given, it answers with a sentence, status 2, and an untouched folder. */
import { readFile, rename, rm, symlink } from "node:fs/promises";
import { join } from "node:path";

import { beforeAll, expect, test } from "vitest";

import {
  emptyFolder,
  lastingFolder,
  type ProjectFolder,
  releasedIn,
  releasedProject,
  sourceWith,
} from "../project-folder.ts";

interface Case {
  readonly title: string;
  readonly arrange: (folder: ProjectFolder) => Promise<unknown>;
  readonly words: readonly string[];
  readonly says: readonly string[];
}

const schema = { type: "string" };
const noMapping = { "1": { get: { response: "#/definitions/Nothing" } } };

/** A contract with a source that no command here gets to, and without releases. */
const unreleased: Case["arrange"] = (folder) =>
  folder.write("concordat.config.json", { sources: { orders: "./a.js" } });

const cases: readonly Case[] = [
  {
    title: "a release of a contract in capitals",
    arrange: unreleased,
    words: ["diff", "Orders@1.0.0", "orders"],
    says: ["Orders@1.0.0 is no file and no release", 'lower-case letters, digits and "-"'],
  },
  {
    title: "no settings file",
    arrange: () => Promise.resolve(),
    words: ["check"],
    says: ["There is no concordat.config.json", 'Run "concordat init CONTRACT"'],
  },
  {
    title: "a source that is not there",
    arrange: (folder) =>
      folder.write("concordat.config.json", '{ "sources": { "orders": "src/contract.ts" } }'),
    words: ["release"],
    says: ["There is no ", "src/contract.ts. Write it"],
  },
  {
    title: "settings that are not JSON",
    arrange: (folder) => folder.write("concordat.config.json", "{ sources: }"),
    words: ["check"],
    says: ["concordat.config.json is not JSON"],
  },
  {
    title: "settings with a misspelt member",
    arrange: (folder) => folder.write("concordat.config.json", { source: { orders: "./a.js" } }),
    words: ["release"],
    says: ['"source"', "none of $schema, contracts, sources"],
  },
  {
    title: "an allowance without a reason",
    arrange: (folder) =>
      folder.write("concordat.config.json", { allow: [{ rule: "type-changed", path: "/a" }] }),
    words: ["check"],
    says: ['"allow/0" has no "reason"'],
  },
  {
    title: "an unknown command",
    arrange: () => Promise.resolve(),
    words: ["relase"],
    says: ['There is no command "relase". Did you mean release?'],
  },
  {
    title: "an unknown flag",
    arrange: () => Promise.resolve(),
    words: ["release", "--at-leest", "minor"],
    says: ["has no flag --at-leest. Did you mean --at-least?"],
  },
  {
    title: "a flag with a value that it cannot have",
    arrange: () => Promise.resolve(),
    words: ["release", "--at-least", "patch"],
    says: ['--at-least cannot be "patch": it is one of minor, major'],
  },
  {
    title: "an operand too few",
    arrange: (folder) => folder.write("a.json", schema),
    words: ["diff", "a.json"],
    says: ["concordat diff needs AFTER"],
  },
  {
    title: "a file that is not there",
    arrange: (folder) => folder.write("a.json", schema),
    words: ["diff", "--schema", "request", "a.json", "b.json"],
    says: ["b.json does not exist"],
  },
  {
    title: "a file that is not JSON",
    arrange: async (folder) => {
      await folder.write("a.json", schema);
      await folder.write("b.json", "type: string");
    },
    words: ["diff", "--schema", "request", "a.json", "b.json"],
    says: ["b.json is not JSON"],
  },
  {
    title: "a file that is not UTF-8",
    arrange: async (folder) => {
      await folder.write("a.json", schema);
      await folder.write("b.json", new Uint8Array([0x22, 0xff, 0xfe, 0x22]));
    },
    words: ["diff", "--schema", "request", "a.json", "b.json"],
    says: ["b.json is not JSON: the file is not UTF-8 text"],
  },
  {
    title: "JSON that is no schema",
    arrange: async (folder) => {
      await folder.write("a.json", schema);
      await folder.write("b.json", "[1, 2]");
    },
    words: ["diff", "--schema", "request", "a.json", "b.json"],
    says: ["b.json is not a JSON Schema"],
  },
  {
    title: "a file of 50 million bytes",
    arrange: async (folder) => {
      await folder.write("a.json", schema);
      await folder.write("b.json", new Uint8Array(50_000_000).fill(0x20));
    },
    words: ["diff", "--schema", "request", "a.json", "b.json"],
    says: ["b.json has 50000000 bytes; the limit is 16777216"],
  },
  {
    title: "a file with 10,000 levels of nesting",
    arrange: async (folder) => {
      await folder.write("a.json", schema);
      await folder.write("b.json", `${'{"not":'.repeat(10_000)}true${"}".repeat(10_000)}`);
    },
    words: ["diff", "--schema", "request", "a.json", "b.json"],
    says: ["b.json nests more than 1000 levels deep"],
  },
  {
    title: "a folder where a file is expected",
    arrange: async (folder) => {
      await folder.write("a.json", schema);
      await folder.write("b.json/c.txt", "");
    },
    words: ["diff", "--schema", "request", "a.json", "b.json"],
    says: ["b.json is a folder, not a file"],
  },
  {
    title: "a file that is no release",
    arrange: async (folder) => {
      await folder.write("a.json", schema);
      await folder.write("b.json", schema);
    },
    words: ["diff", "a.json", "b.json"],
    says: ["a.json is not a release that can be trusted", "concordat"],
  },
  {
    title: "a contract that the project does not know",
    arrange: unreleased,
    words: ["diff", "invoices@1.0.0", "orders"],
    says: ['There is no contract "invoices" in ', "Known: orders"],
  },
  {
    title: "a release that there is not",
    arrange: unreleased,
    words: ["diff", "orders@1.0.0", "orders"],
    says: ["orders has no release 1.0.0. Its releases: none"],
  },
  {
    title: "a first number that is none",
    arrange: unreleased,
    words: ["release", "--first", "1.0"],
    says: ['--first "1.0" is not a release number: three whole numbers joined by dots'],
  },
  {
    title: "a first number that stands for a working tree",
    arrange: unreleased,
    words: ["release", "--first", "0.0.0"],
    says: ["--first 0.0.0 stands for a working tree; begin with 0.1.0 or 1.0.0."],
  },
  {
    title: "generating where the settings ask for no stubs",
    arrange: unreleased,
    words: ["generate"],
    says: [
      "asks for no stubs",
      '{"contract": "orders", "out": "src/generated/orders", "as": "ts"}',
    ],
  },
  {
    title: "an import under a name that no contract can have",
    arrange: (folder) => folder.write("a.json", {}),
    words: ["import", "--contract", "Orders", "--out", "c", "a.json"],
    says: ['"Orders" cannot name a contract: lower-case letters, digits and "-"'],
  },
  {
    title: "another number of revisions than of files",
    arrange: (folder) => folder.write("a.json", {}),
    words: ["import", "--contract", "a", "--out", "c", "a.json", "--revision=1", "--revision=2"],
    says: ["--revision is given 2 times for 1 file: give one for each file, in their order"],
  },
  {
    title: "two revisions with one name",
    arrange: async (folder) => {
      await folder.write("1/schema.json", { definitions: { A: {} } });
      await folder.write("2/schema.json", { definitions: { A: { type: "string" } } });
      await folder.write("map.json", { "*": { get: { response: "#/definitions/A" } } });
    },
    words: [
      "import",
      "--contract=a",
      "--out=c",
      "--procedures=map.json",
      "1/schema.json",
      "2/schema.json",
    ],
    says: ["Two revisions are called schema", "give each FILE a name with --revision"],
  },
  {
    title: "a mapping in which a procedure is a group as well",
    arrange: async (folder) => {
      const response = "#/definitions/A";
      await folder.write("1.json", { definitions: { A: {} } });
      await folder.write("map.json", { "1": { tools: { response }, "tools/list": { response } } });
    },
    words: ["import", "--contract", "orders", "--out", "c", "--procedures", "map.json", "1.json"],
    says: ["1.json: tools/list is a procedure and a group of procedures at once"],
  },
  {
    title: "a settings file that leads nowhere, where init would write one,",
    arrange: (folder) => symlink("nowhere.json", join(folder.path, "concordat.config.json")),
    words: ["init", "orders"],
    says: ["concordat.config.json was not written: something stands there already."],
  },
  {
    title: "a release with more behind it",
    arrange: unreleased,
    words: ["diff", "orders@1.0.0@old", "orders"],
    says: ["orders has no release 1.0.0@old. Its releases: none"],
  },
  {
    title: "the working tree of a contract that has none",
    arrange: (folder) =>
      folder.write("concordat.config.json", { generate: [{ contract: "orders", out: "out" }] }),
    words: ["diff", "orders", "orders"],
    says: ["orders has no source, so name a release as orders@RELEASE. Its releases: none."],
  },
  {
    title: "a source that init is given as Windows writes it",
    arrange: () => Promise.resolve(),
    words: ["init", "orders", "--source", "src\\contract.ts"],
    says: ['"src\\\\contract.ts" is not a path with "/" between its folders'],
  },
  {
    title: "a command for a project without contracts",
    arrange: (folder) => folder.write("concordat.config.json", {}),
    words: ["check"],
    says: ["names no contract", 'Add one under "sources"'],
  },
  {
    title: "a contract without a source to release",
    arrange: (folder) =>
      folder.write("concordat.config.json", { generate: [{ contract: "orders", out: "out" }] }),
    words: ["release", "orders"],
    says: ['orders has no source: add it under "sources"'],
  },
  {
    title: "stubs of a contract that was never released",
    arrange: (folder) =>
      folder.write("concordat.config.json", { generate: [{ contract: "orders", out: "out" }] }),
    words: ["generate"],
    says: ["orders has no release yet", 'Run "concordat release orders" first'],
  },
  {
    title: "TypeScript in a project without esbuild",
    arrange: async (folder) => {
      await folder.write("concordat.config.json", { sources: { orders: "./contract.ts" } });
      await folder.write("contract.ts", "export const orders: number = 3;");
    },
    words: ["release"],
    says: ["contract.ts is TypeScript", "npm install --save-dev esbuild"],
  },
  {
    title: "a second settings file",
    arrange: (folder) => folder.write("concordat.config.json", {}),
    words: ["init", "orders"],
    says: ["concordat.config.json is there already"],
  },
  {
    title: "a name that no contract can have",
    arrange: () => Promise.resolve(),
    words: ["init", "Orders!"],
    says: ['"Orders!" cannot name a contract'],
  },
  {
    title: "an import without a contract's name",
    arrange: (folder) => folder.write("a.json", { definitions: {} }),
    words: ["import", "a.json"],
    says: ["concordat import needs --contract NAME"],
  },
  {
    title: "an import of a document whose procedures nobody names",
    arrange: (folder) => folder.write("a.json", { definitions: {} }),
    words: ["import", "--contract", "orders", "--out", "contracts", "a.json"],
    says: ["a.json is no OpenRPC document", "--procedures FILE"],
  },
  {
    title: "a mapping that points nowhere",
    arrange: async (folder) => {
      await folder.write("1.json", { definitions: {} });
      await folder.write("map.json", noMapping);
    },
    words: ["import", "--contract", "orders", "--out", "c", "--procedures", "map.json", "1.json"],
    says: ["1.json get/response", '"#/definitions/Nothing" leads nowhere'],
  },
  {
    title: "a $ref that leads nowhere, deep inside a definition",
    arrange: async (folder) => {
      const definitions = { A: { properties: { b: { $ref: "#/definitions/B" } } } };
      await folder.write("1.json", { definitions });
      await folder.write("map.json", { "1": { get: { response: "#/definitions/A" } } });
    },
    words: ["import", "--contract", "orders", "--out", "c", "--procedures", "map.json", "1.json"],
    says: ["#/definitions/A/properties/b", '"#/definitions/B" leads nowhere'],
  },
  {
    title: "a $ref that leaves the document",
    arrange: async (folder) => {
      const definitions = { A: { $ref: "https://example.com/b.json#/B" } };
      await folder.write("1.json", { definitions });
      await folder.write("map.json", { "1": { get: { response: "#/definitions/A" } } });
    },
    words: ["import", "--contract", "orders", "--out", "c", "--procedures", "map.json", "1.json"],
    says: ["leaves the document", "Put all schemas into one file first"],
  },
  {
    title: "a schema with a type that is none",
    arrange: async (folder) => {
      await folder.write("1.json", { definitions: { A: { type: "text" } } });
      await folder.write("map.json", { "1": { get: { response: "#/definitions/A" } } });
    },
    words: ["import", "--contract", "orders", "--out", "c", "--procedures", "map.json", "1.json"],
    says: ["#/definitions/A/type is not one of null, boolean"],
  },
  {
    title: "a floor of a contract that is none",
    arrange: (folder) =>
      folder.write("concordat.config.json", {
        sources: { orders: "contract.js" },
        floor: { oders: "1.0.0" },
      }),
    words: ["check"],
    says: ['"floor" speaks of oders, and there is no such contract. Known: orders'],
  },
  {
    title: "adapters of a contract that is none",
    arrange: (folder) =>
      folder.write("concordat.config.json", {
        sources: { orders: "contract.js" },
        adapters: { oders: "adapters.js" },
      }),
    words: ["check"],
    says: ['"adapters" speaks of oders, and there is no such contract. Known: orders'],
  },
  {
    title: "two stubs in one folder",
    arrange: (folder) =>
      folder.write("concordat.config.json", {
        generate: [
          { contract: "orders", out: "gen" },
          { contract: "bills", out: "./gen/" },
        ],
      }),
    words: ["generate"],
    says: ['"generate/1" writes to the same folder as "generate/0"'],
  },
  {
    title: "a path as Windows writes it",
    arrange: (folder) =>
      folder.write("concordat.config.json", {
        generate: [{ contract: "orders", out: "src\\gen" }],
      }),
    words: ["generate"],
    says: ['"generate/0/out" is not a path with "/" between its folders'],
  },
  {
    title: "a property that every object has by birth",
    arrange: async (folder) => {
      const text = '{"definitions":{"A":{"properties":{"__proto__":{"type":"string"}}}}}';
      await folder.write("1.json", text);
      await folder.write("map.json", { "1": { get: { response: "#/definitions/A" } } });
    },
    words: ["import", "--contract", "orders", "--out", "c", "--procedures", "map.json", "1.json"],
    says: ["#/definitions/A/properties/__proto__ has a name that every object has by birth"],
  },
];

for (const { title, arrange, words, says } of cases) {
  test(`${title} is refused with a sentence, and nothing is written`, async () => {
    const folder = await emptyFolder();
    await arrange(folder);
    const before = await folder.files();

    const outcome = await folder.run(...words);

    expect(outcome.exitCode).toBe(2);
    expect(outcome.stdout).toBe("");
    for (const part of says) expect(outcome.stderr).toContain(part);
    expectNoStack(outcome.stderr);
    expect(await folder.files()).toEqual(before);
  });
}

/** What happens to a project with three releases, and what the command says then. */
const tampering: readonly (readonly [
  title: string,
  harm: (folder: ProjectFolder) => Promise<unknown>,
  says: readonly string[],
])[] = [
  [
    "an edited release file",
    async (folder) => {
      const text = await folder.read("contracts/orders/1.0.0.json");
      await folder.write("contracts/orders/1.0.0.json", text.replace('"string"', '"number"'));
    },
    ["contracts/orders/1.0.0.json", "was edited after it was frozen", "restore the file"],
  ],
  [
    "a number that two branches froze, merged and left so,",
    async (folder) => {
      const file = "contracts/orders/1.1.0.json";
      const text = await folder.read(file);
      await folder.write(file, `{\n<<<<<<< ours\n${text}=======\n${text}>>>>>>> theirs\n}\n`);
    },
    ["contracts/orders/1.1.0.json holds both sides of a merge", "release anew"],
  ],
  [
    "two numbers that two branches froze, merged without a conflict,",
    async (folder) => {
      const file = "contracts/orders/1.1.0.json";
      const theirs = "contracts/orders/2.0.0.json";
      const [previous = ""] = /"previous": "[^"]*"/.exec(await folder.read(file)) ?? [];
      const text = await folder.read(theirs);
      await folder.write(theirs, text.replace(/"previous": "[^"]*"/, previous));
    },
    ["contracts/orders: 1.1.0 and 2.0.0 both follow 1.0.0", "delete the other"],
  ],
  [
    "a missing release in the middle",
    (folder) => rm(join(folder.path, "contracts/orders/1.1.0.json")),
    ["contracts/orders: 2.0.0", "missing", "Restore the folder from version control"],
  ],
  [
    "a missing first release",
    (folder) => rm(join(folder.path, "contracts/orders/1.0.0.json")),
    ["1.1.0 follows a release that is not here"],
  ],
  [
    "a renamed release file",
    (folder) =>
      rename(
        join(folder.path, "contracts/orders/2.0.0.json"),
        join(folder.path, "contracts/orders/3.0.0.json"),
      ),
    ["contracts/orders/3.0.0.json holds orders 2.0.0", "renamed or copied"],
  ],
  [
    "two releases in each other's place",
    async (folder) => {
      const [first, second] = ["contracts/orders/1.0.0.json", "contracts/orders/1.1.0.json"];
      const [one, two] = [await folder.read(first), await folder.read(second)];
      await folder.write(first, two.replace('"1.1.0"', '"1.0.0"'));
      await folder.write(second, one.replace('"1.0.0"', '"1.1.0"'));
    },
    ["1.0.0 follows a release that is not here"],
  ],
  [
    "a stray file among the releases",
    (folder) => folder.write("contracts/orders/draft.json", {}),
    ["draft.json is not named after a release"],
  ],
  [
    "half a release file",
    async (folder) => {
      const text = await readFile(join(folder.path, "contracts/orders/2.0.0.json"));
      await folder.write("contracts/orders/2.0.0.json", text.subarray(0, 200));
    },
    ["contracts/orders/2.0.0.json is not JSON"],
  ],
];

for (const [title, harm, says] of tampering) {
  test(`${title} stops release and check, which write nothing`, async () => {
    const folder = await projectWithThreeReleases();
    await harm(folder);
    await folder.write("contract.js", sourceWith({ other: { type: "string" } }));
    const before = await folder.files();

    for (const command of ["release", "check"]) {
      const outcome = await folder.start(command);

      expect(outcome.exitCode).toBe(2);
      for (const part of says) expect(outcome.stderr).toContain(part);
      expectNoStack(outcome.stderr);
    }
    expect(await folder.files()).toEqual(before);
  });
}

const sources: readonly (readonly [title: string, source: string, says: readonly string[]])[] = [
  [
    "a contract that cannot be frozen",
    sourceWith({ toString: { type: "string" } }),
    ["contract.js", "place/request/properties/toString", "rename it"],
  ],
  ["a source with a syntax error", "export const orders = ;", ["contract.js cannot be imported"]],
  ["a source that throws", "throw null;", ["contract.js cannot be imported: null"]],
  [
    "a source that throws what has no text",
    "throw Object.create(null);",
    ["contract.js cannot be imported: something was thrown that has no text"],
  ],
  [
    "a source that leaves a rejection behind",
    'Promise.reject(new Error("late")); await new Promise((resolve) => setTimeout(resolve, 50));',
    ["A module of the project failed where nobody waited for it: late"],
  ],
  [
    "a source that throws later",
    'setTimeout(() => { throw new Error("late"); }, 0); await new Promise(() => undefined);',
    ["A module of the project failed where nobody waited for it: late"],
  ],
  [
    "a source that ends the process",
    "process.exit(0);",
    ["contract.js cannot be imported: it calls process.exit, which would end this command"],
  ],
  [
    "a source that ends the process later",
    'import { exit } from "node:process"; setTimeout(() => exit(0), 0); await new Promise(() => undefined);',
    ["it calls process.exit, which would end this command"],
  ],
  [
    "a source that waits for nothing",
    "await new Promise(() => undefined);",
    ["A module of the project waits for something that never comes"],
  ],
  [
    "a source that exports something else",
    "export const orders = 3;",
    ["contract.js does not export the contract orders", "It exports no contract"],
  ],
];

for (const [title, source, says] of sources) {
  test(`${title} stops release, which writes nothing`, async () => {
    const folder = await releasedProject();
    await folder.write("contract.js", source);
    const before = await folder.files();

    const outcome = await folder.start("release");

    expect(outcome.exitCode).toBe(2);
    for (const part of says) expect(outcome.stderr).toContain(part);
    expectNoStack(outcome.stderr);
    expect(await folder.files()).toEqual(before);
  });
}

test("a source in TypeScript that does not compile stops release, which writes nothing", async () => {
  const folder = await emptyFolder();
  await folder.write("concordat.config.json", { sources: { orders: "./contract.ts" } });
  await folder.write("contract.ts", "export const orders: = 3;");
  const before = await folder.files();

  const outcome = await folder.start("release");

  expect(outcome.exitCode).toBe(2);
  expect(outcome.stderr).toContain("contract.ts does not compile: ");
  expectNoStack(outcome.stderr);
  expect(await folder.files()).toEqual(before);
});

test("what a source prints stays out of a report for programs", async () => {
  const folder = await releasedProject();
  const source = await folder.read("contract.js");
  await folder.write("contract.js", `console.log("noise");\n${source}`);

  const { stdout, stderr } = await folder.start("check", "--format", "json");

  expect(JSON.parse(stdout)).toMatchObject({ status: "ok" });
  expect(stderr).toBe("noise\n");
});

let threeReleases: ReadonlyMap<string, string>;

beforeAll(async () => {
  const folder = await releasedIn(await lastingFolder());
  await folder.write("contract.js", sourceWith({ sku: schema }, { note: schema }));
  await folder.start("release");
  await folder.write("contract.js", sourceWith({ sku: schema, note: schema }));
  await folder.start("release");
  threeReleases = await folder.files();
  await folder.remove();
});

async function projectWithThreeReleases(): Promise<ProjectFolder> {
  const folder = await emptyFolder();
  for (const [name, text] of threeReleases) await folder.write(name, text);
  const numbers = ["1.0.0", "1.1.0", "2.0.0"];
  expect([...threeReleases.keys()]).toEqual(
    expect.arrayContaining(numbers.map((number) => `contracts/orders/${number}.json`)),
  );
  return folder;
}

function expectNoStack(text: string): void {
  expect(text).not.toMatch(/^\s+at /m);
  expect(text).not.toContain("defect");
}
