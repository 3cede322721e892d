/** What a browser loads with a client stub. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { procedureKinds } from "@concordat/core";
import { combinators, runtime } from "@concordat/core/internal";
import { expect, test } from "vitest";
import * as entry from "../../../client/src/stub/1.ts";
import { bundled, packageOf } from "./emitted.ts";
import { releaseOf } from "./release.ts";

const history = [
  releaseOf({
    procedures: {
      place: {
        request: { type: "object", properties: { sku: { type: "string" } } },
        response: { type: "object", properties: { id: { type: "string" } } },
      },
    },
  }),
];

/** The sources that something of ends up in the bundle. */
async function loadedBy(text: string): Promise<string[]> {
  const { metafile } = await bundled(text);
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

const own = /^<stdin>$|core\/src\/(?:codec|schema|wire)\//;

test("a client stub loads nothing but itself and core's codecs: no TypeBox, no Node, no MessagePack library", async () => {
  const loaded = await loadedBy(packageOf(history).get("client.js") ?? "");

  expect(loaded).toContain("<stdin>");
  expect(loaded.filter((path) => !own.test(path))).toEqual([]);
  expect(loaded.filter((path) => path.includes("-shape.ts"))).toEqual([]);
});

test("what has no positions brings the MessagePack library and its shapes along", async () => {
  const free = [releaseOf({ procedures: { place: { request: true } } })];
  const loaded = await loadedBy(packageOf(free).get("client.js") ?? "");

  expect(loaded.some((path) => path.includes("msgpack"))).toBe(true);
  expect(loaded.some((path) => path.includes("anything-shape.ts"))).toBe(true);
});

test("the codec of a small contract is at most 3 kB of compressed code", async () => {
  const { code } = await bundled(packageOf(history).get("client.js") ?? "");

  expect(gzipSync(code).length).toBeLessThan(3_072);
});

test.each([
  ["@concordat/client/lean", 27_600],
  ["@concordat/client", 34_100],
])("a page that calls one procedure with %s loads less than %d bytes", async (from, most) => {
  // With redial, deadlines, cancellation, resume and the handling of refusals; nothing of it is wired by hand.
  const { code } = await bundled(`import { createClient } from "${from}";
    ${packageOf(history).get("client.js")}
    const client = createClient({ url: "wss://acme.example/rpc", contracts: { orders } });
    globalThis.place = () => client.orders.place({ sku: "A-1" });`);

  const compressed = gzipSync(code, { level: 9 }).length;
  console.log(`one procedure, ${from}: ${code.length} bytes minified, ${compressed} compressed`);
  expect(compressed).toBeLessThan(most);
});

const ofStreams = /stream-call|response-iterator/;

test("the code of a kind of call comes with the stubs that have it, and with no others", async () => {
  const watch = { kind: "serverStream", request: true, response: true } as const;
  const streaming = [releaseOf({ procedures: { watch } })];
  const small = await loadedBy(packageOf(history).get("client.js") ?? "");
  const large = await loadedBy(packageOf(streaming).get("client.js") ?? "");

  expect(small.filter((path) => ofStreams.test(path))).toEqual([]);
  expect(large.filter((path) => ofStreams.test(path))).not.toEqual([]);
});

test("the client's entry exports all that a codec may call, all combinators, and all kinds but the one that is always there", () => {
  const makers = ["reference", "plainReader", "plainWriter", "textReader", "textWriter"];
  const kinds = Object.keys(procedureKinds).filter((kind) => kind !== "unary");
  const names = new Set([
    ...Object.keys(combinators),
    ...Object.keys(runtime),
    ...makers,
    ...kinds,
  ]);
  expect(Object.keys(entry).toSorted()).toEqual([...names].toSorted());
});

test("an entry that was released is never changed", () => {
  // What follows may grow, line by line; a line that goes away breaks stubs which nobody generates again.
  const names = [
    "allOf",
    "anything",
    "array",
    "bigInteger",
    "boolean",
    "byKind",
    "bytes",
    "conditional",
    "exactlyOne",
  ];
  names.push(
    "integer",
    "literal",
    "not",
    "nothing",
    "number",
    "object",
    "openObject",
    "optional",
    "record",
  );
  names.push("reference", "string", "timestamp", "tuple", "union");
  const types = ["CallOptions", "ClientContract", "Items", "Shape"];

  const client = readFileSync(new URL("../../../client/src/stub/1.ts", import.meta.url), "utf8");
  const server = readFileSync(new URL("../../../server/src/stub/1.ts", import.meta.url), "utf8");

  for (const name of [...names, ...types]) expect(client).toMatch(new RegExp(`\\b${name}\\b`));
  for (const name of ["Context", "Items", "ReleaseDocument", "ServerContract"]) {
    expect(server).toMatch(new RegExp(`\\b${name}\\b`));
  }
});
