/** A message without its frame: how long it is in Concordat's encoding, and in MessagePack with keys. */
import { Output, Writer } from "@concordat/core/internal";
import { encode } from "@msgpack/msgpack";
import { values } from "../values.mjs";

/**
 * @param {"small" | "order"} name
 * @returns {Promise<Record<string, number>>} By the names of the contenders of which it is known.
 */
export async function messageBytes(name) {
  const { bench } = await import("../../generated/bench/client.js");
  const procedure = bench.procedures.find((one) => one.name === name);
  const output = new Output(64);
  procedure.request.write(new Writer(), values[name], output);
  const withKeys = encode(values[name]).length;
  return { raw: withKeys, minimum: withKeys, concordat: output.at };
}
