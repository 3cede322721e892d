/** The server without Node: what a worker, a page or another runtime loads. */
import { build } from "esbuild";
import { expect, test } from "vitest";

import * as everything from "../src/index.ts";
import * as portable from "../src/portable.ts";

test("it bundles for a browser without a warning: nothing in it is Node's or ws's", async () => {
  const { metafile, warnings } = await build({
    entryPoints: [new URL("../src/portable.ts", import.meta.url).pathname],
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    conditions: ["@concordat/source"],
    logLevel: "silent",
  });

  expect(warnings).toEqual([]);
  expect(Object.keys(metafile.inputs).filter((path) => /\/ws\/|ws-|node-/.test(path))).toEqual([]);
});

test("it offers all that the server in Node offers", () => {
  expect(Object.keys(portable)).toEqual(Object.keys(everything));
});
