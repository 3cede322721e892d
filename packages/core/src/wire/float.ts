/** Where the bytes of a float become a number, and back: filled and read within one function. */

/** The number. */
export const float = new DataView(new ArrayBuffer(8));
/** Its bytes, the greatest first. */
export const floatBytes: Uint8Array = new Uint8Array(float.buffer);
