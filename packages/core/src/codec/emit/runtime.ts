/** The functions that emitted code calls: what a stub's entry exports, and what code made at run time is given. */
import { formatChecks } from "../../schema/format/format.ts";
import { choices } from "../choices.ts";
import { readFree, writeFree } from "../free-form.ts";
import { otherNames } from "../other-names.ts";
import {
  endRead,
  endVariant,
  readFields,
  readList,
  readManyFields,
  readOptionalFields,
  readVariant,
} from "../read/compound.ts";
import { readInteger, readNumber } from "../read/number.ts";
import { readName, readOthers } from "../read/others.ts";
import { readBoolean, readChoice, readNever, readText } from "../read/scalar.ts";
import { readBigInteger, readBytes, readTimestamp } from "../read/wire-type.ts";
import { maxItems, minItems } from "../rule/count-rule.ts";
import {
  exclusiveMaximum,
  exclusiveMinimum,
  maximum,
  minimum,
  multipleOf,
} from "../rule/number-rule.ts";
import { format, maxLength, minLength, pattern, regExp } from "../rule/text-rule.ts";
import { variants } from "../variants.ts";
import { within } from "../within.ts";
import {
  endWrite,
  beginList,
  beginObject,
  writeFields,
  writeManyFields,
  writeOptionalFields,
  writeVariant,
} from "../write/compound.ts";
import { writeInteger, writeNumber } from "../write/number.ts";
import { checkClosed, beginOthers, writeName } from "../write/others.ts";
import {
  checkConstant,
  writeBoolean,
  writeChoice,
  writeNever,
  writeText,
} from "../write/scalar.ts";
import { writeBigInteger, writeBytes, writeTimestamp } from "../write/wire-type.ts";

/** The table, by the names that are printed. */
export const runtime = {
  checkClosed,
  checkConstant,
  choices,
  endWrite,
  exclusiveMaximum,
  exclusiveMinimum,
  format,
  ...formatChecks,
  endRead,
  endVariant,
  maxItems,
  maxLength,
  maximum,
  minItems,
  minLength,
  minimum,
  multipleOf,
  beginList,
  beginObject,
  beginOthers,
  otherNames,
  pattern,
  readBigInteger,
  readBoolean,
  readBytes,
  readChoice,
  readFields,
  readFree,
  readInteger,
  readList,
  readManyFields,
  readName,
  readNever,
  readNumber,
  readOptionalFields,
  readOthers,
  readText,
  readTimestamp,
  readVariant,
  regExp,
  variants,
  within,
  writeBigInteger,
  writeBoolean,
  writeBytes,
  writeChoice,
  writeFields,
  writeFree,
  writeInteger,
  writeManyFields,
  writeName,
  writeNever,
  writeNumber,
  writeOptionalFields,
  writeText,
  writeTimestamp,
  writeVariant,
};

/** The name of a function that emitted code may call. */
export type RuntimeName = keyof typeof runtime;
