/** Messages as bytes, the way in which a client of one release writes and reads them in one encoding. */
import type { Definitions, Schema } from "@concordat/core";
import {
  bytesToValue,
  type Encoding,
  interpreted,
  limitsWith,
  messageBytes,
  Reader,
  ReleaseCodecs,
  valueToBytes,
  Writer,
} from "@concordat/core/internal";

/** Writes and reads payloads. */
export interface Payloads {
  readonly encoding: Encoding;
  write(schema: Schema, value: unknown): Uint8Array;
  read(schema: Schema, payload: Uint8Array): unknown;
}

const limits = limitsWith();

/** By name: whatever came is seen as it came, also what nobody declared. */
export const byName: Payloads = {
  encoding: "msgpack",
  write: (_schema, value) => valueToBytes(value),
  read: (_schema, payload) => bytesToValue(payload, limits),
};

/** By position. It runs the closures where the server runs generated code: each is a check on the other. */
export function byPosition(definitions: Definitions): Payloads {
  const codecs = new ReleaseCodecs(definitions, interpreted);
  const to = new Writer();
  const from = new Reader();
  const writers = new Map<Schema, ReturnType<ReleaseCodecs["writer"]>>();
  const readers = new Map<Schema, ReturnType<ReleaseCodecs["reader"]>>();
  return {
    encoding: "positional",
    write(schema, value) {
      const writer = writers.get(schema) ?? codecs.writer(schema);
      writers.set(schema, writer);
      return messageBytes(writer, to, value);
    },
    read(schema, payload) {
      const reader = readers.get(schema) ?? codecs.reader(schema);
      readers.set(schema, reader);
      return reader.read(from, payload, limits);
    },
  };
}
