/** The golden lists, and values in them that JSON cannot say. */
import { readFileSync } from "node:fs";
import { fromHex, toHex } from "./hex.ts";

/** One row that both an encoder and a decoder have to get right. */
export interface GoldenValue {
  readonly name: string;
  readonly value: unknown;
  readonly bytes: string;
  readonly meaning: string;
}

/** A row of the frames. */
export interface GoldenFrame extends Omit<GoldenValue, "value"> {
  readonly direction: "client" | "server" | "either";
  readonly frame: Readonly<Record<string, unknown>> & { readonly kind: string };
}

/** A row of the handshake's messages. */
export interface GoldenMessage extends Omit<GoldenValue, "value"> {
  readonly direction: "client" | "server";
  readonly message: Readonly<Record<string, unknown>> & { readonly concordat: string };
}

/** Bytes that a receiver refuses, or answers in a certain way. */
export interface GoldenBytes {
  readonly name: string;
  readonly bytes: string;
  readonly times?: number;
  readonly answer?: string;
  readonly meaning: string;
}

function list(name: string): never {
  const file = new URL(`../golden/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")) as never; // its own test looks at every row
}

export const frames: readonly GoldenFrame[] = list("frames");
export const values: readonly GoldenValue[] = list("values");
export const messages: readonly GoldenMessage[] = list("handshake");
export const refused: readonly GoldenBytes[] = list("refused");
export const tolerated: readonly GoldenBytes[] = list("tolerated");

/** A value of a list as JavaScript has it: `{"$bytes": "00 ff"}`, `{"$timestamp": "…"}` and `{"$bigint": "…"}` replaced. */
export function fromGolden(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(fromGolden);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [tag, text] = entries[0] ?? [];
  if (entries.length === 1 && typeof text === "string") {
    if (tag === "$bytes") return fromHex(text);
    if (tag === "$timestamp") return new Date(text);
    if (tag === "$bigint") return BigInt(text);
  }
  return Object.fromEntries(entries.map(([name, member]) => [name, fromGolden(member)]));
}

/** The way back. */
export function toGolden(value: unknown): unknown {
  if (typeof value === "bigint") return { $bigint: String(value) };
  if (Array.isArray(value)) return value.map(toGolden);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Uint8Array) return { $bytes: toHex(value) };
  if (value instanceof Date) return { $timestamp: value.toISOString() };
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(entries.map(([name, member]) => [name, toGolden(member)]));
}
