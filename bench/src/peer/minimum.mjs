/** The hand-written minimum: `ws` and a shared MessagePack encoder and decoder, ids only, nothing checked. */
import { Decoder, Encoder } from "@msgpack/msgpack";
import { handWritten } from "../hand-written.mjs";

const encoder = new Encoder();
const decoder = new Decoder();

export const peer = handWritten({
  title: "hand-written `ws` + `@msgpack/msgpack`",
  encode: (message) => encoder.encode(message),
  decode: (data) => decoder.decode(data),
});
