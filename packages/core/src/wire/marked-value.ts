/**
 * Values that are decoded without the MessagePack library: those that hold a byte order mark, which it takes away where a
 * text of more than 200 bytes begins with it, and those with names that are indices; see `setProperty`.
 */
import { setProperty } from "../index-name.ts";
import { extensionHead } from "./extension-head.ts";
import { extensions } from "./extension.ts";
import { Source } from "./source.ts";
import { WireError } from "./wire-error.ts";

/** Whether the bytes of a mark, U+FEFF, stand anywhere. */
export function hasMark(bytes: Uint8Array): boolean {
  let at = bytes.indexOf(0xef);
  while (at >= 0 && (bytes[at + 1] !== 0xbb || bytes[at + 2] !== 0xbf))
    at = bytes.indexOf(0xef, at + 1);
  return at >= 0;
}

/** The value of bytes that were walked already. @throws DecodeError or WireError for what a walk cannot see. */
export function decodeMarked(bytes: Uint8Array): unknown {
  return valueIn(new Source(bytes));
}

function valueIn(from: Source): unknown {
  const { at } = from;
  const number = from.nextNumber();
  if (from.at !== at) return number;
  const part = from.nextText() ?? from.nextBytes();
  if (part !== undefined) return part;
  const items = from.listHead();
  if (items >= 0) return Array.from({ length: items }, () => valueIn(from));
  const members = mapHead(from);
  if (members >= 0) return objectIn(from, members);
  const length = extensionHead(from);
  if (length >= 0) return extensionIn(from, length);
  from.at += 1;
  return simple.get(from.bytes[at]);
}

const simple: ReadonlyMap<unknown, unknown> = new Map<unknown, unknown>([
  [0xc0, null],
  [0xc2, false],
  [0xc3, true],
]);

function mapHead(from: Source): number {
  const head = from.bytes[from.at] ?? 0;
  if (head < 0x80 || (head > 0x8f && head !== 0xde && head !== 0xdf)) return -1;
  from.at += 1;
  return head <= 0x8f ? head & 0x0f : from.unsigned(head === 0xde ? 2 : 4);
}

function objectIn(from: Source, members: number): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (let left = members; left > 0; left -= 1) {
    const name = from.nextText() ?? "";
    // Assigned, it would become the prototype of the object.
    if (name === "__proto__") throw new WireError("a property is called __proto__");
    setProperty(object, name, valueIn(from));
  }
  return object;
}

function extensionIn(from: Source, length: number): unknown {
  const type = from.unsigned(1);
  return extensions.decode(from.take(length), type > 0x7f ? type - 0x100 : type, undefined);
}
