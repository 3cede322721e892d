/** One message of one release, in every encoding that a client may speak. */
import type { Definitions, Schema } from "@concordat/core";
import {
  type ByteBudget,
  bytesToValue,
  compiled,
  compiledCombinators,
  type Encoding,
  type MessageReader,
  type MessageWriter,
  putMessage,
  putRaw,
  Reader,
  ReleaseCodecs,
  type Shape,
  shapesIn,
  type Sink,
  valueToBytes,
  Writer,
} from "@concordat/core/internal";

/** What the messages of one release share. */
export class ReleaseMessages {
  readonly codecs: ReleaseCodecs;
  readonly shapeOf: (schema: Schema) => Shape;
  readonly to: Writer = new Writer();
  readonly from: Reader = new Reader();

  constructor(definitions: Definitions) {
    this.codecs = new ReleaseCodecs(definitions, compiled);
    this.shapeOf = shapesIn(definitions, compiledCombinators());
  }
}

/** One message position. */
export interface ReleaseMessage extends Shape {
  /**
   * The value of a payload.
   *
   * @throws Mismatch where it does not match the schema, WireError where the bytes say nothing.
   */
  read(payload: Uint8Array, encoding: Encoding, budget: ByteBudget): unknown;
  /**
   * Writes a value as payload, behind what `to` has.
   *
   * @throws Mismatch where it does not match the schema, TypeError where it cannot travel; a part of it may be written
   * then.
   */
  write(value: unknown, encoding: Encoding, to: Sink): void;
}

/** One message. Its shape and its codec are made when they are first needed. */
export class ServedMessage implements ReleaseMessage {
  readonly #schema: Schema;
  readonly #release: ReleaseMessages;
  #shape: Shape | undefined;
  #reader: MessageReader | undefined;
  #writer: MessageWriter | undefined;

  constructor(schema: Schema, release: ReleaseMessages) {
    this.#schema = schema;
    this.#release = release;
  }

  conform(value: unknown): unknown {
    this.#shape ??= this.#release.shapeOf(this.#schema);
    return this.#shape.conform(value);
  }

  read(payload: Uint8Array, encoding: Encoding, budget: ByteBudget): unknown {
    if (encoding === "msgpack") return this.conform(bytesToValue(payload, budget));
    this.#reader ??= this.#release.codecs.reader(this.#schema);
    return this.#reader.read(this.#release.from, payload, budget);
  }

  write(value: unknown, encoding: Encoding, to: Sink): void {
    if (encoding === "msgpack") return putRaw(to, valueToBytes(this.conform(value)));
    this.#writer ??= this.#release.codecs.writer(this.#schema);
    return putMessage(this.#writer, this.#release.to, value, to);
  }
}
