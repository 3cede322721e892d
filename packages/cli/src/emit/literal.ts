/** JSON values and names of properties, as TypeScript and JavaScript write them. */
import type { Json } from "@concordat/core";

import { type Code, list, member, objectLiteral } from "./code.ts";

const identifier = /^[A-Za-z_$][A-Za-z0-9_$]*$/;

/** A text in quotes. Nothing in it ends the text or the line. */
export function quoted(text: string): string {
  const safe = JSON.stringify(text).replaceAll(
    /[\u007F-\u009F\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  const doubles = text.split('"').length - 1;
  const singles = text.split("'").length - 1;
  if (doubles <= singles) return safe;
  // The quotes that need fewer backslashes, as formatters prefer it.
  return `'${safe.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A property's name in a type. */
export function typeKey(name: string): string {
  return identifier.test(name) ? name : quoted(name);
}

/** A property's name in an object. Written plainly, `__proto__` would be its prototype. */
export function valueKey(name: string): string {
  return name === "__proto__" ? '["__proto__"]' : typeKey(name);
}

/** A JSON value. */
export function jsonLiteral(value: Json): Code {
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "object" || value === null) return String(value);
  if (isList(value)) return list(value.map(jsonLiteral));
  return objectLiteral(
    Object.entries(value).map(([name, each]) => member(valueKey(name), jsonLiteral(each))),
  );
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
