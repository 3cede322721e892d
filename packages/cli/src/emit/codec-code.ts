/** Emitted codecs as code that people read. */
import type { CodeValue } from "@concordat/core/internal";

import { call, type Code, type Import, list, member, objectLiteral, sequence } from "./code.ts";
import { jsonLiteral, valueKey } from "./literal.ts";

/** How a codec names what stands outside of it. */
export interface CodecVocabulary {
  /** A function of the stub's entry. */
  runtime(name: string): Import;
  /** The shape of a value without positions. */
  shape(value: ShapeValue): Code;
}

/** The value that stands for a shape. */
export type ShapeValue = Extract<CodeValue, { readonly shape: unknown }>;

/** The code of a value. */
export function codecCode(value: CodeValue, words: CodecVocabulary): Code {
  if (typeof value === "string") return value;
  if ("json" in value) return jsonLiteral(value.json);
  if ("runtime" in value) return words.runtime(value.runtime);
  if ("shape" in value) return words.shape(value);
  if ("list" in value) return list(value.list.map((each) => codecCode(each, words)));
  if ("members" in value) {
    return objectLiteral(value.members.map(([name, each]) => memberCode(name, each, words)));
  }
  const given = value.given.map((each) => codecCode(each, words));
  return call("call" in value ? words.runtime(value.call) : value.local, given);
}

/** `{ sku }` where the value is called as the property is. */
function memberCode(name: string, value: CodeValue, words: CodecVocabulary): Code {
  return value === name ? sequence(name) : member(valueKey(name), codecCode(value, words));
}
