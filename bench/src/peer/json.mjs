/** The same by hand with JSON; bytes travel as base64. */
import { handWritten } from "../hand-written.mjs";

export const peer = handWritten({
  title: "hand-written `ws` + JSON",
  encode: (message) =>
    JSON.stringify(message, (_, value) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
    ),
  decode: (data) => JSON.parse(data.toString()),
});
