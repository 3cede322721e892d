/** Runs alone, with a small heap: decodes every bomb a hundred times, says how often it refused and how much it grew. */
import { framesFromBytes } from "../../src/wire/frame-bytes.ts";
import { limitsWith } from "../../src/wire/limits.ts";
import { bytesToValue } from "../../src/wire/values.ts";
import { WireError } from "../../src/wire/wire-error.ts";
import { bombs } from "./bombs.ts";

const limits = limitsWith();
const messages = bombs.map(({ bytes }) => bytes());

function refuses(decode: () => unknown): boolean {
  try {
    decode();
    return false;
  } catch (error) {
    return error instanceof WireError;
  }
}

function attack(): number {
  let refused = 0;
  for (const message of messages) {
    const asFrame = refuses(() => framesFromBytes(message, limits));
    const asValue = refuses(() => bytesToValue(message, limits));
    if (asFrame && asValue) refused += 1;
  }
  return refused;
}

attack(); // compiles everything before it is measured
globalThis.gc?.();
const before = process.memoryUsage.rss();
let refused = 0;
for (let round = 0; round < 100; round += 1) refused += attack();
process.stdout.write(JSON.stringify({ refused, grownBytes: process.memoryUsage.rss() - before }));
