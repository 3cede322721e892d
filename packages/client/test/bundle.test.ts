/** What a page loads with the client: no Node, no TypeBox, nothing that a strict content policy forbids. */
import { build, type BuildOptions, type BuildResult } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";

const options = {
  bundle: true,
  write: false as const,
  metafile: true as const,
  minify: true,
  format: "esm",
  platform: "browser",
  // As the tests do: no build is needed before.
  conditions: ["@concordat/source"],
  absWorkingDir: new URL("..", import.meta.url).pathname,
} satisfies BuildOptions;

let bundle: BuildResult<{ write: false; metafile: true }>;

beforeAll(async () => {
  const contents = `
    import { createClient } from "@concordat/client";
    import { orders } from "../../../examples/quickstart/src/generated/orders/client.ts";
    globalThis.make = () => createClient({ url: "ws://127.0.0.1", contracts: { orders } });`;
  const resolveDir = import.meta.dirname;
  bundle = await build({ ...options, stdin: { contents, resolveDir } });
});

/** The files of which something ended up in the bundle. */
function inputs(): string[] {
  const outputs = Object.values(bundle.metafile.outputs);
  return outputs.flatMap((output) =>
    Object.entries(output.inputs)
      .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
      .map(([path]) => path),
  );
}

describe("the bundle of a page that calls a generated contract", () => {
  test("is made without a warning: it needs nothing that a browser lacks", () => {
    expect(bundle.warnings).toEqual([]);
    expect(inputs().some((path) => path.includes("src/create-client.ts"))).toBe(true);
  });

  test.each([
    "typebox",
    "@noble",
    "core/src/schema/keyword",
    "core/src/release",
    "/ws/",
    "msgpack/msgpack",
    "unexpected-response",
    "error-event",
  ])("reaches no %s", (part) => {
    expect(inputs().filter((path) => path.includes(part))).toEqual([]);
  });

  test("contains no eval and no function made from text", () => {
    const [output] = bundle.outputFiles;
    expect(output?.text).not.toMatch(/\beval\(|new Function\(|\bFunction\(/);
  });

  test("stays about 100 kB before compression", () => {
    const [output] = bundle.outputFiles;
    expect(output?.contents.length).toBeLessThan(102_500);
  });
});
