/** Golden messages by position: written and read by core's codecs, and read by what was written from the page alone. */
import { readFileSync } from "node:fs";
import type { Definitions, Schema } from "@concordat/core";
import {
  compiled,
  interpreted,
  limitsWith,
  messageBytes,
  Reader,
  ReleaseCodecs,
  Writer,
} from "@concordat/core/internal";
import { describe, expect, test } from "vitest";
import { readMessage } from "../client/positional-reader.js";
import { fromGolden, type GoldenValue, toGolden } from "./golden-list.ts";
import { fromHex, toHex } from "./hex.ts";

interface GoldenMessage extends GoldenValue {
  readonly schema: Schema;
  readonly definitions?: Definitions;
}

const file = new URL("../golden/positional.json", import.meta.url);
const messages = JSON.parse(readFileSync(file, "utf8")) as readonly GoldenMessage[]; // each row is looked at below

describe.each([
  ["compiled", compiled],
  ["closures", interpreted],
] as const)("%s", (_name, make) => {
  test.each(messages)("$name: $meaning", ({ schema, definitions = {}, value, bytes }) => {
    const codecs = new ReleaseCodecs(definitions, make);

    expect(toHex(messageBytes(codecs.writer(schema), new Writer(), fromGolden(value)))).toBe(bytes);
    const read = codecs.reader(schema).read(new Reader(), fromHex(bytes), limitsWith());
    expect(toGolden(read)).toEqual(value);
  });
});

describe("the reader written from the page", () => {
  test.each(messages)("$name", ({ schema, definitions = {}, value, bytes }) => {
    expect(toGolden(readMessage(fromHex(bytes), schema, definitions))).toEqual(value);
  });
});
