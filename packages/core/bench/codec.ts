/**
 * Codecs beside a shared encoder and decoder of `@msgpack/msgpack`, in one process and interleaved: ratios, not times, of the fastest rounds.
 * `codec [rounds]`. The library checks nothing; the codecs check everything that the schema says.
 */
import { Decoder, Encoder } from "@msgpack/msgpack";
import { compiled } from "../src/codec/compiled.ts";
import { messageBytes } from "../src/codec/message-codec.ts";
import { Reader } from "../src/codec/read/reader.ts";
import { interpreted, type MakeRunner, ReleaseCodecs } from "../src/codec/release-codecs.ts";
import { Writer } from "../src/codec/write/writer.ts";
import { bytesToValue, valueToBytes } from "../src/wire/values.ts";
import { shapeOf } from "../src/schema/shape-of-schema.ts";
import { type Workload, workloads } from "./workload.ts";

const [rounds = 200] = process.argv.slice(2).map(Number);
const budget = { depth: 64, values: 262_144 };

interface Contender {
  readonly name: string;
  encode(): Uint8Array;
  decode(bytes: Uint8Array): unknown;
}

function contenders({ schema, definitions, value }: Workload): readonly Contender[] {
  const [encoder, decoder] = [new Encoder(), new Decoder()];
  const shape = shapeOf(schema, definitions);
  const positional = (name: string, make: MakeRunner): Contender => {
    const codecs = new ReleaseCodecs(definitions, make);
    const [writer, reader] = [codecs.writer(schema), codecs.reader(schema)];
    const [to, from] = [new Writer(), new Reader()];
    return {
      name,
      encode: () => messageBytes(writer, to, value),
      decode: (bytes) => reader.read(from, bytes, budget),
    };
  };
  return [
    {
      name: "@msgpack/msgpack",
      encode: () => encoder.encode(value),
      decode: (bytes) => decoder.decode(bytes),
    },
    positional("compiled", compiled),
    positional("closures", interpreted),
    {
      name: "keyed, checked",
      encode: () => valueToBytes(shape.conform(value)),
      decode: (bytes) => shape.conform(bytesToValue(bytes, budget)),
    },
  ];
}

function perCall(times: number, act: () => unknown): number {
  const start = process.hrtime.bigint();
  for (let count = 0; count < times; count += 1) act();
  return Number(process.hrtime.bigint() - start) / times;
}

function ratio(mine: number, other: number): string {
  return `${(other / mine).toFixed(2)}×`.padStart(7);
}

const none: readonly number[] = [];

for (const workload of workloads) {
  const all = contenders(workload).map((each) => ({
    ...each,
    bytes: each.encode(),
    writing: [...none],
    reading: [...none],
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const each of all) {
      each.writing.push(perCall(workload.times, () => each.encode()));
      each.reading.push(perCall(workload.times, () => each.decode(each.bytes)));
    }
  }
  const [base] = all;
  for (const { name, bytes, writing, reading } of all) {
    // The fastest round of each: whatever else the machine did only ever made one slower.
    const [own, theirs] = [
      [Math.min(...writing), Math.min(...reading)] as const,
      [Math.min(...(base?.writing ?? [])), Math.min(...(base?.reading ?? []))] as const,
    ];
    console.log(
      workload.name.padEnd(15),
      name.padEnd(17),
      `${bytes.length} bytes`.padStart(13),
      "encode",
      ratio(own[0], theirs[0]),
      "decode",
      ratio(own[1], theirs[1]),
      "both",
      ratio(own[0] + own[1], theirs[0] + theirs[1]),
      `${((own[0] + own[1]) / 1_000).toFixed(2)} µs`.padStart(12),
    );
  }
}
