/** Checks that are asked about one value again and again, and answer from memory. */
import type { Check } from "./fault.ts";

/**
 * The same check, run on each object or array at most once where it may be asked repeatedly.
 *
 * Without this, choices and combinations that nest in each other take two, four, eight… times as long with
 * each level of a message.
 */
export function remembered(check: Check): Check {
  // What is kept of a value depends on whether the result is raw, so there are two names to remember it by.
  const names = { raw: {}, whole: {} };
  return (value, fault, raw) => {
    if (typeof value !== "object" || value === null || !fault.mayRepeat(raw)) {
      return check(value, fault, raw);
    }
    const name = raw ? names.raw : names.whole;
    const known = fault.recall(name, value);
    if (known !== undefined) {
      fault.path = known.path;
      fault.reason = known.reason;
      return known.result;
    }
    const result = check(value, fault, raw);
    fault.remember(name, value, result);
    return result;
  };
}
