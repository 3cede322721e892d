/** Small messages that take a decoder with them which believes their headers. */
import { concatBytes } from "../../src/wire/concat-bytes.ts";

/** One bomb. */
export interface Bomb {
  readonly name: string;
  /** Made when asked for: some are not small. */
  readonly bytes: () => Uint8Array;
  /** What the refusal says. */
  readonly says: string;
}

/** `array 32` with 30 million elements. */
const header30Million = [0xdd, 0x01, 0xc9, 0xc3, 0x80];
/** `array 16` with 65,535 elements. */
const header65535 = [0xdc, 0xff, 0xff];

function repeated(bytes: readonly number[], times: number): Uint8Array {
  return Uint8Array.from(
    { length: bytes.length * times },
    (_, at) => bytes[at % bytes.length] ?? 0,
  );
}

export const bombs: readonly Bomb[] = [
  {
    name: "a frame that promises 30 million items in 5 bytes",
    bytes: () => repeated(header30Million, 1),
    says: "headers promise",
  },
  {
    name: "twenty nested arrays of 30 million (100 bytes)",
    bytes: () => repeated(header30Million, 20),
    says: "headers promise",
  },
  {
    name: "400 nested arrays of 65,535 (1,200 bytes)",
    bytes: () => repeated(header65535, 400),
    says: "headers promise",
  },
  {
    name: "10,000 nested arrays of 65,535 (30 kB)",
    bytes: () => repeated(header65535, 10_000),
    says: "headers promise",
  },
  {
    name: "100,000 levels of one element each",
    bytes: () => repeated([0x91], 100_000),
    says: "nest deeper than 64",
  },
  {
    name: "100,000 levels of maps",
    bytes: () => repeated([0x81, 0xa0], 100_000),
    says: "nest deeper than 64",
  },
  {
    name: "a megabyte of empty maps",
    bytes: () =>
      concatBytes([Uint8Array.of(0xdd, 0x00, 0x0f, 0xff, 0xf0), repeated([0x80], 0xffff0)]),
    says: "more than 262144 values",
  },
  {
    name: "a text of 4 GB in 5 bytes",
    bytes: () => Uint8Array.of(0xdb, 0xff, 0xff, 0xff, 0xff),
    says: "cut off",
  },
  {
    name: "bytes of 4 GB in 5 bytes",
    bytes: () => Uint8Array.of(0xc6, 0xff, 0xff, 0xff, 0xff),
    says: "cut off",
  },
  {
    name: "an extension of 4 GB in 6 bytes",
    bytes: () => Uint8Array.of(0xc9, 0xff, 0xff, 0xff, 0xff, 0x01),
    says: "cut off",
  },
  {
    name: "a map of four billion pairs in 5 bytes",
    bytes: () => Uint8Array.of(0xdf, 0xff, 0xff, 0xff, 0xff),
    says: "headers promise",
  },
];
