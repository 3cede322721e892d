/** The compact close reason: a name, then `key=value`, at most 123 bytes, readable by a program and a person. */

/** The longest reason that RFC 6455 (section 5.5.1) leaves room for, in bytes of UTF-8. */
export const maxReasonBytes = 123;

/** A reason taken apart. */
export interface CloseReason {
  /** The registry name at the start, or an empty string. */
  readonly name: string;
  /** The pairs after it. A map, because keys come from the peer. */
  readonly values: ReadonlyMap<string, string>;
}

const name = /^[a-z][a-z0-9-]{0,40}$/;
const key = /^[a-z][a-zA-Z]{0,19}$/;
/** Letters, digits and what releases, contract names, numbers and fingerprints need: nothing that could forge a second pair. */
const value = /^[A-Za-z0-9.:_,+-]{1,80}$/;

/**
 * Writes a reason such as `client-too-old contract=orders have=1.2.0 min=2.0.0 max=3.1.0`.
 *
 * Pairs whose value is absent or outside the grammar are left out, and so is each pair that would not fit
 * whole: a reader never meets half a value. Never throws, because a throw here would leave a socket open.
 */
export function formatReason(
  reasonName: string,
  values: Readonly<Record<string, string | number | undefined>> = {},
): string {
  let text = name.test(reasonName) ? reasonName : "";
  for (const [pairKey, pairValue] of Object.entries(values)) {
    if (pairValue === undefined || !key.test(pairKey) || !value.test(String(pairValue))) continue;
    const longer = `${text} ${pairKey}=${pairValue}`;
    if (longer.length > maxReasonBytes) continue; // ASCII only, so length counts bytes
    text = longer;
  }
  return text;
}

/** Reads a reason leniently: pairs may be missing, reordered, repeated (the first counts), unknown or cut off. */
export function parseReason(reason: string): CloseReason {
  const words = reason.slice(0, maxReasonBytes).split(" ");
  const [first = ""] = words;
  const values = new Map<string, string>();
  for (const word of words) {
    const split = word.indexOf("=");
    if (split < 1) continue;
    const pairKey = word.slice(0, split);
    const pairValue = word.slice(split + 1);
    if (key.test(pairKey) && value.test(pairValue) && !values.has(pairKey))
      values.set(pairKey, pairValue);
  }
  return { name: name.test(first) ? first : "", values };
}
