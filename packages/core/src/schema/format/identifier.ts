/** Formats of identifiers: UUIDs, URIs, JSON pointers. */
import { isIpv6 } from "./address.ts";

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}

// The names are those of RFC 3986, appendix A.
const unreserved = "-a-z0-9._~!$&'()*+,;=";
const escaped = "%[0-9a-f]{2}";
const pchar = `(?:[${unreserved}:@]|${escaped})`;
const host = String.raw`(?:\[(?:(?<ipv6>[\da-f:.]+)|v[\da-f]+\.[${unreserved}:]+)\]|(?:[${unreserved}]|${escaped})*)`;
const authority = String.raw`//(?:(?:[${unreserved}:]|${escaped})*@)?${host}(?::\d*)?(?:/${pchar}*)*`;
const absolute = `/(?:${pchar}+(?:/${pchar}*)*)?`;
const rootless = `${pchar}+(?:/${pchar}*)*`;
const query = String.raw`(?:\?(?:${pchar}|[/?])*)?(?:#(?:${pchar}|[/?])*)?`;
const uri = new RegExp(
  `^[a-z][a-z0-9+.-]*:(?:${authority}|${absolute}|${rootless})?${query}$`,
  "i",
);
const noScheme = `(?:[${unreserved}@]|${escaped})+(?:/${pchar}*)*`;
const relative = new RegExp(`^(?:${authority}|${absolute}|${noScheme})?${query}$`, "i");

/** `https://api.example/orders?id=1`. */
export function isUri(text: string): boolean {
  return fits(uri, text);
}

/** A URI, or one without its beginning: `../orders`. */
export function isUriReference(text: string): boolean {
  return fits(uri, text) || fits(relative, text);
}

function fits(grammar: RegExp, text: string): boolean {
  const match = grammar.exec(text);
  if (match === null) return false;
  const address = match.groups?.["ipv6"];
  return address === undefined || isIpv6(address);
}

const pointer = /^(?:\/(?:[^~/]|~0|~1)*)*$/;
const relativePointer = /^(?:0|[1-9]\d*)(?:#|(?:\/(?:[^~/]|~0|~1)*)*)$/;

/** `/lines/3/sku`. */
export function isJsonPointer(text: string): boolean {
  return pointer.test(text);
}

/** `1/sku`. */
export function isRelativeJsonPointer(text: string): boolean {
  return relativePointer.test(text);
}

/** The longest: V8 takes 20 microseconds for each character of one that is made of `\p{L}`, a minute for a megabyte. */
const longestExpression = 4_096;

/** A regular expression of JavaScript with the flag `u`, of at most 4,096 characters. */
export function isRegularExpression(text: string): boolean {
  if (text.length > longestExpression) return false;
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
