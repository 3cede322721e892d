/** Checks that are asked about one value again and again, and answer from memory. */
import type { Check } from "./visit.ts";

/**
 * The same check, run on each object or array at most once where it may be asked repeatedly.
 *
 * Without this, choices and combinations that nest in each other take two, four, eight… times as long with
 * each level of a message.
 */
export function remembered(check: Check): Check {
  // What is kept of a value depends on whether the result is raw, so there are two names to remember it by.
  const names = { raw: {}, whole: {} };
  return (value, visit, raw) => {
    if (typeof value !== "object" || value === null || !visit.mayRepeat(raw)) {
      return check(value, visit, raw);
    }
    const name = raw ? names.raw : names.whole;
    const known = visit.recall(name, value);
    if (known !== undefined) {
      visit.path = known.path;
      visit.reason = known.reason;
      return known.result;
    }
    const result = check(value, visit, raw);
    visit.remember(name, value, result);
    return result;
  };
}
