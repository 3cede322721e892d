/** Codecs that are made of text: what each costs does not depend on how many there are. */
import { afterEach, expect, test, vi } from "vitest";
import { compiled } from "../../src/codec/compiled.ts";
import { messageBytes } from "../../src/codec/message-codec.ts";
import { ReleaseCodecs } from "../../src/codec/release-codecs.ts";
import type { Schema } from "../../src/schema/schema.ts";
import { Writer } from "../../src/codec/write/writer.ts";

afterEach(() => void vi.unstubAllGlobals());

test("the text of a codec does not grow with the codecs that were made before it, and names what it shares with them", () => {
  const made: string[] = [];
  class Watched extends Function {
    constructor(...texts: string[]) {
      made.push(texts.join("\n"));
      super(...texts);
    }
  }
  vi.stubGlobal("Function", Watched);
  const part: Schema = { type: "object", properties: { name: { type: "string" } } };
  const codecs = new ReleaseCodecs({ Part: part }, compiled);
  const lengths = Array.from({ length: 100 }, (_, index) => {
    const before = made.length;
    const name = `p${index + 100}`;
    const properties = { [name]: { $ref: "#/definitions/Part" } };
    const writer = codecs.writer({ type: "object", properties });
    expect(messageBytes(writer, new Writer(), { [name]: { name: "x" } }).length).toBeGreaterThan(1);
    return Math.max(...made.slice(before).map(({ length }) => length));
  });

  expect(lengths[99]).toBeLessThan((lengths[1] ?? 0) + 50);
});
