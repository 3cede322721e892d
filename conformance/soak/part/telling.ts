/** What a long test prints: how far it is, what broke, and the figures at its end. */

/** Shortest time between two lines that say how far it is. */
const everyMs = 5_000;

let toldAt = 0;

/** Says how far it is, if it has not just done so. */
export function progress(text: () => string): void {
  const now = Date.now();
  if (now - toldAt < everyMs) return;
  toldAt = now;
  say(`  ${text()}`);
}

/** Says something now. */
export function say(text: string): void {
  console.log(text);
}

/** Says the figures, each with its name, and ends well. */
export function finish(soak: string, figures: Readonly<Record<string, string | number>>): never {
  const line = Object.entries(figures)
    .map(
      ([name, figure]) =>
        `${name} ${typeof figure === "number" ? figure.toLocaleString("en") : figure}`,
    )
    .join("; ");
  say(`${soak}: ${line}`);
  process.exit(0);
}

/** A promise was broken: says which, with the options that repeat it, and ends. */
export function violated(soak: string, seed: number, what: string): never {
  console.error(`${soak}: VIOLATED with --seed ${seed}: ${what}`);
  process.exit(1);
}

/** Bytes as people say them. */
export function megabytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MB`;
}
