/** Frames: docs/protocol/frames.md. */
import { BadFrame } from "./msgpack-reader.js";

/** @import { Reader } from "./msgpack-reader.js" */

/** @typedef {{ kind: number, id: number, body: unknown[], payloadBytes: number }} Frame */

/** How many elements stand behind kind and id. */
const bodyLengths = new Map([
  [2, 1],
  [3, 1],
  [4, 2],
  [5, 2],
  [7, 1],
  [8, 1],
  [9, 1],
  [11, 1],
  [12, 1],
  [13, 1],
  [14, 3],
  [15, 1],
]);

/**
 * An array of 2 to 15 elements, one behind the other.
 *
 * @param {Reader} reader
 * @returns {Frame}
 */
export function readFrame(reader) {
  const length = reader.frameLength();
  reader.promised = length;
  const [kind, id] = [whole(reader.value()), whole(reader.value())];
  const body = [];
  let payloadBytes = 0;
  for (let element = 2; element < length; element += 1) {
    const start = reader.at;
    body.push(reader.value());
    const isPayload = (kind === 2 && element === 2) || (kind === 14 && element === 4);
    if (isPayload) payloadBytes = reader.at - start;
  }
  if (kind < 64 && body.length < (bodyLengths.get(kind) ?? 0))
    throw new BadFrame("a frame is too short");
  return { kind, id, body, payloadBytes };
}

/**
 * A whole number, or a fault.
 *
 * @param {unknown} value
 */
export function whole(value) {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw new BadFrame("a number is not whole");
}
