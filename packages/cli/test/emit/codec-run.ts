/** Codecs of a stub, run. They may be of another copy of the runtime: they bring along all that they need but the state. */
import {
  type MessageReader,
  type MessageWriter,
  Output,
  Reader,
  Writer,
} from "@concordat/core/internal";

const [to, from] = [new Writer(), new Reader()];

/** The bytes of a value. */
export function written(writer: MessageWriter, value: unknown): Uint8Array {
  const output = new Output(16);
  writer.write(to, value, output);
  return output.part();
}

/** The value of bytes. */
export function read(reader: MessageReader, bytes: Uint8Array): unknown {
  return reader.read(from, bytes, { depth: 64, values: 262_144 });
}
