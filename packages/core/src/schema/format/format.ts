/** The formats of texts that are checked. Every other one passes: it is a hint for people. */
import { isEmail, isHostname, isIpv4, isIpv6 } from "./address.ts";
import {
  isJsonPointer,
  isRegularExpression,
  isRelativeJsonPointer,
  isUri,
  isUriReference,
  isUuid,
} from "./identifier.ts";
import { isDate, isDateTime, isDuration, isTime } from "./moment.ts";

/** The functions that know a format. */
const formatChecks = {
  isDate,
  isDateTime,
  isDuration,
  isEmail,
  isHostname,
  isIpv4,
  isIpv6,
  isJsonPointer,
  isRegularExpression,
  isRelativeJsonPointer,
  isTime,
  isUri,
  isUriReference,
  isUuid,
};

/** Which of them knows which format, by the names that JSON Schema has for them. */
export const formatCheckOf: ReadonlyMap<string, keyof typeof formatChecks> = new Map([
  ["date", "isDate"],
  ["date-time", "isDateTime"],
  ["duration", "isDuration"],
  ["email", "isEmail"],
  ["hostname", "isHostname"],
  ["ipv4", "isIpv4"],
  ["ipv6", "isIpv6"],
  ["json-pointer", "isJsonPointer"],
  ["regex", "isRegularExpression"],
  ["relative-json-pointer", "isRelativeJsonPointer"],
  ["time", "isTime"],
  ["uri", "isUri"],
  ["uri-reference", "isUriReference"],
  ["uuid", "isUuid"],
] as const);

/** The same, one step shorter. The verdicts are those of TypeBox 1.4, which authors write contracts with; but see `isRegularExpression`. */
export const formats: ReadonlyMap<string, (text: string) => boolean> = new Map(
  [...formatCheckOf].map(([name, check]) => [name, formatChecks[check]]),
);
