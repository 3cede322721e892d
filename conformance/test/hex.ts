/** Bytes as the golden lists write them. */

/** `"93 08 00"`, so many times, as bytes. */
export function fromHex(hex: string, times = 1): Uint8Array {
  const once = Buffer.from(hex.replaceAll(" ", ""), "hex");
  return new Uint8Array(Buffer.concat(Array.from({ length: times }, () => once)));
}

/** Bytes as `"93 08 00"`. */
export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("hex")
    .replaceAll(/(..)(?=.)/g, "$1 ");
}
