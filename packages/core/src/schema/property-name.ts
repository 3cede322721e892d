/** Which names a property of a message may have. */

/** Names that objects have by birth: `"toString" in {}` holds, so a required one would be found where none was sent. */
const inborn: ReadonlySet<string> = new Set([
  ...Object.getOwnPropertyNames(Object.prototype),
  "prototype",
]);

/** Whether a property of a message may have this name. */
export function isPropertyName(text: string): boolean {
  return !inborn.has(text);
}
