/** What generated stubs are made of: rules, and reading and writing by position. */

export { choices } from "./codec/choices.ts";
export { readFree, writeFree } from "./codec/free-form.ts";
export { otherNames } from "./codec/other-names.ts";
export {
  endRead,
  endVariant,
  readFields,
  readList,
  readManyFields,
  readOptionalFields,
  readVariant,
} from "./codec/read/compound.ts";
export { readInteger, readNumber } from "./codec/read/number.ts";
export { readName, readOthers } from "./codec/read/others.ts";
export { readBoolean, readChoice, readNever, readText } from "./codec/read/scalar.ts";
export { readBigInteger, readBytes, readTimestamp } from "./codec/read/wire-type.ts";
export { maxItems, minItems } from "./codec/rule/count-rule.ts";
export {
  exclusiveMaximum,
  exclusiveMinimum,
  maximum,
  minimum,
  multipleOf,
} from "./codec/rule/number-rule.ts";
export { format, maxLength, minLength, pattern, regExp } from "./codec/rule/text-rule.ts";
export { variants } from "./codec/variants.ts";
export { within } from "./codec/within.ts";
export {
  endWrite,
  beginList,
  beginObject,
  writeFields,
  writeManyFields,
  writeOptionalFields,
  writeVariant,
} from "./codec/write/compound.ts";
export { writeInteger, writeNumber } from "./codec/write/number.ts";
export { checkClosed, beginOthers, writeName } from "./codec/write/others.ts";
export {
  checkConstant,
  writeBoolean,
  writeChoice,
  writeNever,
  writeText,
} from "./codec/write/scalar.ts";
export { writeBigInteger, writeBytes, writeTimestamp } from "./codec/write/wire-type.ts";
export { isEmail, isHostname, isIpv4, isIpv6 } from "./schema/format/address.ts";
export {
  isJsonPointer,
  isRegularExpression,
  isRelativeJsonPointer,
  isUri,
  isUriReference,
  isUuid,
} from "./schema/format/identifier.ts";
export { isDate, isDateTime, isDuration, isTime } from "./schema/format/moment.ts";
