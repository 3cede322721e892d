/** Metadata: the pairs that travel beside a call's messages, in order, with repeated keys. */
import { ConcordatError } from "../error/concordat-error.ts";
import { putBytes, putListHead, type Sink } from "./sink.ts";
import { putText } from "./sink-text.ts";
import type { Source } from "./source.ts";
import { utf8Length } from "./utf8.ts";
import { WireError } from "./wire-error.ts";

/** One pair: a key of lower-case letters, digits, `-`, `_`, `.`, and a text or bytes. */
export type MetadataPair = readonly [key: string, value: string | Uint8Array];

/** Pairs in the order in which they were given; a key may repeat. */
export type Metadata = readonly MetadataPair[];

/** What callers may write: pairs, or an object where no key repeats. */
export type MetadataInit = Metadata | Readonly<Record<string, string | Uint8Array>>;

/** No metadata. */
export const noMetadata: Metadata = Object.freeze([]);

const keyGrammar = /^[a-z0-9][a-z0-9._-]{0,127}$/;
const halfPair = /\p{Surrogate}/u;

/**
 * Checked pairs from what a caller wrote.
 *
 * @throws ConcordatError `invalid_argument` for a key outside the grammar and a value that is neither text nor bytes,
 * `resource_exhausted` over `maxBytes`.
 */
export function metadataFrom(init: MetadataInit | undefined, maxBytes: number): Metadata {
  if (init === undefined) return noMetadata;
  const pairs = isPairs(init) ? init : Object.entries(init);
  // Of a Map, of Headers and of a number nothing would be left.
  if (pairs !== init && (typeof init !== "object" || Symbol.iterator in init))
    throw new ConcordatError("invalid_argument", "Metadata is a list of pairs or a plain object.");
  for (const [key, value] of pairs) {
    if (!keyGrammar.test(key)) {
      throw new ConcordatError(
        "invalid_argument",
        `The metadata key ${JSON.stringify(key)} is not made of lower-case letters, digits, ".", "_" and "-".`,
      );
    }
    if (!isValue(value)) {
      throw new ConcordatError(
        "invalid_argument",
        `The metadata value of ${JSON.stringify(key)} is neither well-formed text nor a Uint8Array.`,
      );
    }
  }
  checkOwnMetadata(pairs, maxBytes);
  return pairs;
}

/** @throws ConcordatError `resource_exhausted` when metadata on its way out is more than this side sends, or the other one accepts. */
export function checkOwnMetadata(metadata: Metadata, maxBytes: number): void {
  const size = metadata.length === 0 ? 0 : metadataBytes(metadata);
  if (size <= maxBytes) return;
  const message = `The metadata takes ${size} bytes; ${maxBytes} is the limit.`;
  throw new ConcordatError("resource_exhausted", message);
}

/** The first value of a key, or `undefined`. */
export function metadataValue(metadata: Metadata, key: string): string | Uint8Array | undefined {
  return metadata.find(([name]) => name === key)?.[1];
}

/** @throws WireError when a peer's metadata is over what it was told to send at most. */
export function checkPeersMetadata(metadata: Metadata, maxBytes: number = Infinity): void {
  if (metadata.length > 0 && metadataBytes(metadata) > maxBytes) {
    throw new WireError(`metadata takes more than ${maxBytes} bytes`);
  }
}

/**
 * Writes metadata as it travels: `[key, value, key, value, …]`.
 *
 * @throws TypeError for a text with half a surrogate pair.
 */
export function putMetadata(to: Sink, metadata: Metadata): void {
  putListHead(to, metadata.length * 2);
  if (metadata.length === 0) return; // as nearly always
  for (const [key, value] of metadata) {
    putText(to, key);
    if (typeof value === "string") putText(to, value);
    else putBytes(to, value);
  }
}

/**
 * Reads metadata that was walked already.
 *
 * @throws WireError for anything but a flat list of well-formed pairs. Its size is for {@link checkPeersMetadata} to judge.
 */
export function readMetadata(from: Source): Metadata {
  const length = from.listHead();
  if (length === 0) return noMetadata;
  if (length < 0 || length % 2 !== 0) throw new WireError("metadata is not a list of pairs");
  const pairs: MetadataPair[] = [];
  while (pairs.length < length / 2) {
    const key = from.nextText();
    if (key === undefined || !keyGrammar.test(key))
      throw new WireError("a metadata key is malformed");
    const value = from.nextText() ?? from.nextBytes();
    if (value === undefined) throw new WireError("a metadata value is neither text nor bytes");
    pairs.push([key, value]);
  }
  return pairs;
}

/** How many bytes metadata counts for under the limit: its keys and values, texts as UTF-8. */
export function metadataBytes(metadata: Metadata): number {
  let size = 0;
  for (const [key, value] of metadata) {
    size += key.length + (typeof value === "string" ? utf8Length(value) : value.length);
  }
  return size;
}

/** Also asked of callers that no compiler has looked at. */
function isValue(value: unknown): boolean {
  return typeof value === "string" ? !halfPair.test(value) : value instanceof Uint8Array;
}

function isPairs(init: MetadataInit): init is Metadata {
  return Array.isArray(init);
}
