/** What a browser loads with a client stub. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { combinators } from "@concordat/core/internal";
import { expect, test } from "vitest";
import * as entry from "../../../client/src/stub/1.ts";
import { bundled, packageOf } from "./emitted.ts";
import { releaseOf } from "./release.ts";

const history = [
  releaseOf({
    procedures: { place: { request: { type: "object", properties: { sku: { type: "string" } } } } },
  }),
];

/** The sources that something of ends up in the bundle. */
async function loadedBy(text: string): Promise<string[]> {
  const { metafile } = await bundled(text);
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => path);
}

test("a client stub loads nothing but itself and the core's schemas: no TypeBox, no Node, no codec", async () => {
  const loaded = await loadedBy(packageOf(history).get("client.js") ?? "");

  expect(loaded).toContain("<stdin>");
  expect(loaded.filter((path) => !/^<stdin>$|core\/src\/schema\//.test(path))).toEqual([]);
});

test("everything that can make a shape is at most 8 kB of compressed code", async () => {
  const { code } = await bundled('export * from "@concordat/client/stub/1";');

  expect(gzipSync(code).length).toBeLessThan(8_192);
});

test("the client's entry exports all combinators, and reference", () => {
  expect(Object.keys(entry).toSorted()).toEqual(
    [...Object.keys(combinators), "reference"].toSorted(),
  );
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
