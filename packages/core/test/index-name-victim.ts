/** Runs alone, with a small heap: reads, checks and converts many objects whose only name is an index. Prints how many it has. */
import { compileSteps } from "../src/adapter/step-tree.ts";
import { compiled } from "../src/codec/compiled.ts";
import { Reader } from "../src/codec/read/reader.ts";
import { interpreted, ReleaseCodecs } from "../src/codec/release-codecs.ts";
import type { Schema } from "../src/schema/schema.ts";
import { shapeOf } from "../src/schema/shape-of-schema.ts";
import { limitDefaults } from "../src/wire/limits.ts";
import { bytesToValue } from "../src/wire/values.ts";

const count = 20_000;
const head = [0xdd, 0, 0, count >> 8, count & 0xff];
/** `{"1000": 1}` as MessagePack has it, and behind the texts of its message as positions have it. */
const map = [0x81, 0xa4, 0x31, 0x30, 0x30, 0x30, 0x01];
const positions = [0x92, 0x04, 0x01];

const record: Schema = { type: "object", additionalProperties: { type: "integer" } };
const list: Schema = { type: "array", items: record };
const both: Schema = {
  type: "array",
  items: { allOf: [record, { type: "object", additionalProperties: { minimum: 0 } }] },
};

function many(part: readonly number[]): number[] {
  return Array.from({ length: count }, () => part).flat();
}

const keyed = Uint8Array.from([...head, ...many(map)]);
const texts = many(map.slice(2, 6));
const textHead = [0xdb, 0, texts.length >> 16, (texts.length >> 8) & 0xff, texts.length & 0xff];
const placed = Uint8Array.from([0x92, ...textHead, ...texts, ...head, ...many(positions)]);

const ways: readonly (() => unknown)[] = [
  () => bytesToValue(keyed, limitDefaults),
  () => shapeOf(list, {}).conform(bytesToValue(keyed, limitDefaults)),
  () => shapeOf(both, {}).conform(bytesToValue(keyed, limitDefaults)),
  () => shapeOf({}, {}).conform(bytesToValue(keyed, limitDefaults)),
  ...[compiled, interpreted].map(
    (make) => () =>
      new ReleaseCodecs({}, make).reader(list).read(new Reader(), placed, limitDefaults),
  ),
  () =>
    compileSteps([{ step: "default", at: "/*", name: "a", value: 1 }])(
      bytesToValue(keyed, limitDefaults),
    ),
  () => compileSteps([{ step: "wrap", at: "/*/*" }])(bytesToValue(keyed, limitDefaults)),
];

const sizes = ways.map((read) => (read() as unknown[]).length); // each of them is such a list
process.stdout.write(JSON.stringify(sizes));
