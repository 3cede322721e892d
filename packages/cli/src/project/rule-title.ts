/** The title of a rule, where it stands for no single finding. */
import type { Rule } from "./comparison.ts";

/** The title with names where a finding has its facts, as a sentence would begin: `Type BEFORE became AFTER`. */
export function titleOf({ title }: Rule): string {
  const filled = title.replace(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase());
  return filled.charAt(0).toUpperCase() + filled.slice(1);
}
