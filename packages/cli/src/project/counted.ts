/** A number with the noun that it counts. */

/** `1 release`, `2 releases`: nouns that take an s. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
