/** Values of messages as text: JSON, with a name for what JSON does not have. */

/** A value in one line. */
export function witnessText(value: unknown): string {
  return JSON.stringify(value, replaceForeign) ?? String(value);
}

/** For `JSON.stringify`: values of the wire that it would refuse or write in a misleading form. */
export function replaceForeign(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString("hex")}`;
  return value;
}
