/** Two halves of one closed list: what runs, and what it means. */

/** Each row of `meanings` with what the code runs on, in the order of the meanings. */
export function joined<Key extends string, Meaning extends object, Fact extends object>(
  meanings: Readonly<Record<Key, Meaning>>,
  factsOf: (key: Key) => Fact,
): Readonly<Record<Key, Fact & Meaning>> {
  const keys = Object.keys(meanings) as Key[]; // the table's own keys
  const rows = keys.map((key) => [key, { ...factsOf(key), ...meanings[key] }] as const);
  return Object.freeze(Object.fromEntries(rows) as Record<Key, Fact & Meaning>); // one row for each key
}
