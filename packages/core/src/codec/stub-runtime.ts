/** What generated stubs are made of: rules, and reading and writing by position. */

export { choices } from "./choices.ts";
export { readFree, writeFree } from "./free-form.ts";
export { otherNames } from "./other-names.ts";
export {
  endRead,
  endVariant,
  readFields,
  readList,
  readManyFields,
  readOptionalFields,
  readVariant,
} from "./read/compound.ts";
export { readInteger, readNumber } from "./read/number.ts";
export { readName, readOthers } from "./read/others.ts";
export { readBoolean, readChoice, readNever, readText } from "./read/scalar.ts";
export { readBigInteger, readBytes, readTimestamp } from "./read/wire-type.ts";
export { maxItems, minItems } from "./rule/count-rule.ts";
export {
  exclusiveMaximum,
  exclusiveMinimum,
  maximum,
  minimum,
  multipleOf,
} from "./rule/number-rule.ts";
export { format, maxLength, minLength, pattern, regExp } from "./rule/text-rule.ts";
export { variants } from "./variants.ts";
export { within } from "./within.ts";
export {
  endWrite,
  beginList,
  beginObject,
  writeFields,
  writeManyFields,
  writeOptionalFields,
  writeVariant,
} from "./write/compound.ts";
export { writeInteger, writeNumber } from "./write/number.ts";
export { checkClosed, beginOthers, writeName } from "./write/others.ts";
export { checkConstant, writeBoolean, writeChoice, writeNever, writeText } from "./write/scalar.ts";
export { writeBigInteger, writeBytes, writeTimestamp } from "./write/wire-type.ts";
// Each of these holds formats and nothing else.
export * from "../schema/format/address.ts";
export * from "../schema/format/identifier.ts";
export * from "../schema/format/moment.ts";
