/** What a request may take in a socket. */
import { type CallOpening, metadataBytes } from "@concordat/core/internal";

/** What the heads of one pair of metadata may take on the wire, and what a character of it may. */
const pairHeadBytes = 8;
const bytesPerCharacter = 3;

/** The bytes of a request, never too few, as far as they are known: a payload that is not written yet has none. */
export function requestBytes({ payload, metadata }: CallOpening): number {
  if (metadata.length === 0) return payload.length;
  const pairs = metadataBytes(metadata) * bytesPerCharacter + metadata.length * pairHeadBytes;
  return payload.length + pairs;
}
