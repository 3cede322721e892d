/** Messages of a contract as a scripted peer sends and reads them: by position. */
import type { ReleaseDocument, Schema } from "@concordat/core";
import {
  type ByteBudget,
  interpreted,
  messageBytes,
  Reader,
  ReleaseCodecs,
  valueToBytes,
  Writer,
} from "@concordat/core/internal";

/** A contract with what its messages look like: one in source form, or a server stub. */
export interface ScriptedContract {
  readonly name: string;
  readonly history: readonly ReleaseDocument[];
}

/** The messages of the newest release. */
export class ContractCodecs {
  readonly #document: ReleaseDocument | undefined;
  readonly #codecs: ReleaseCodecs;
  readonly #to = new Writer();

  constructor({ history }: ScriptedContract) {
    this.#document = history.at(-1);
    this.#codecs = new ReleaseCodecs(this.#document?.definitions ?? {}, interpreted);
  }

  /** What a procedure gives, or what one of its errors carries. A value that does not match travels as it is. */
  bytes(procedure: string, value: unknown, error?: string): Uint8Array {
    const { response, errors = {} } = this.#procedure(procedure) ?? {};
    const schema: Schema | undefined = error === undefined ? response : errors[error];
    if (schema === undefined) return valueToBytes(value);
    try {
      return messageBytes(this.#codecs.writer(schema), this.#to, value);
    } catch {
      return valueToBytes(value); // a peer may send anything
    }
  }

  /** The request of a call, or an item of it. */
  request(procedure: string, payload: Uint8Array, budget: ByteBudget): unknown {
    const { request = true } = this.#procedure(procedure) ?? {};
    return this.#codecs.reader(request).read(new Reader(), payload, budget);
  }

  #procedure(name: string) {
    return this.#document?.procedures[name];
  }
}
