/** The head of an extension. By itself, because a page whose messages have none does not load it. */
import type { Source } from "./source.ts";

/** How many bytes the extension takes whose type stands next; -1, with nothing read, for whatever else stands here. */
export function extensionHead(from: Source): number {
  const fixed = (from.bytes[from.at] ?? 0) - 0xd4;
  if (fixed < 0 || fixed > 4) return from.lengthHead(0xc7);
  from.at += 1;
  return 1 << fixed;
}
