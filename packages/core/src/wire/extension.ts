/** The MessagePack extensions that may travel: timestamps, and integers of any size. */
import {
  DecodeError,
  decodeTimestampExtension,
  encodeTimestampExtension,
  ExtData,
  EXT_TIMESTAMP,
  type ExtensionCodecType,
} from "@msgpack/msgpack";

/** An integer of any size: its decimal digits in ASCII, with `-` in front where negative. */
const bigIntegerExtension = 1;

/** Turning text into an integer costs the square of its length, so a longer one is refused. */
const maxBigIntegerBytes = 1_000;
const bigIntegerText = /^-?[0-9]+$/;

/**
 * What the MessagePack library asks for everything that is not a plain scalar.
 *
 * Refuses what the library would turn into something else without a word: a Map becomes `{}`, an invalid Date
 * 1970, a class instance a plain object. Refuses unknown extensions on the way in.
 */
export const extensions: ExtensionCodecType<undefined> = {
  tryToEncode(value) {
    if (typeof value === "bigint")
      return new ExtData(bigIntegerExtension, bigIntegerToBytes(value));
    if (value instanceof Date) return new ExtData(EXT_TIMESTAMP, timestampToBytes(value));
    if (typeof value === "object" && value !== null) refuseStranger(value);
    if (typeof value === "function" || typeof value === "symbol")
      throw new TypeError(
        `A ${typeof value} cannot travel; send a plain object, an array or a text.`,
      );
    return null;
  },
  decode(data, type) {
    if (type === bigIntegerExtension) return bytesToBigInteger(data);
    if (type === EXT_TIMESTAMP) return bytesToTimestamp(data);
    throw new DecodeError(`extension ${type} is not part of the protocol`);
  },
};

function bigIntegerToBytes(value: bigint): Uint8Array {
  const text = value.toString();
  if (text.length > maxBigIntegerBytes) {
    throw new TypeError(
      `An integer of ${text.length} digits cannot travel; ${maxBigIntegerBytes} is the most.`,
    );
  }
  return Uint8Array.from(text, (digit) => digit.charCodeAt(0));
}

function bytesToBigInteger(data: Uint8Array): bigint {
  const text = data.length <= maxBigIntegerBytes ? String.fromCharCode(...data) : "";
  if (!bigIntegerText.test(text)) throw new DecodeError("a big integer is not decimal digits");
  return BigInt(text);
}

function timestampToBytes(date: Date): Uint8Array {
  const bytes = Number.isNaN(date.getTime()) ? null : encodeTimestampExtension(date);
  if (bytes === null) throw new TypeError("An invalid Date cannot travel.");
  return bytes;
}

function bytesToTimestamp(data: Uint8Array): Date {
  const date = decodeTimestampExtension(data);
  if (Number.isNaN(date.getTime())) throw new DecodeError("a timestamp is out of range");
  return date;
}

function refuseStranger(value: object): void {
  if (Array.isArray(value) || value instanceof Uint8Array) return;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    const name = Object.prototype.toString.call(value).slice(8, -1);
    throw new TypeError(
      `A ${name === "Object" ? "class instance" : name} cannot travel; send a plain object, an array, a Uint8Array or a Date.`,
    );
  }
  if (Object.hasOwn(value, "__proto__"))
    throw new TypeError('A property called "__proto__" cannot travel.');
}
