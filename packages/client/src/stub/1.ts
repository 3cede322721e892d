/**
 * `@concordat/client/stub/1`: what generated client stubs of revision 1 import.
 *
 * Never changed after its first release, only added to: a stub that was generated years ago keeps working with
 * the newest client. What a later generator needs in another form goes into `stub/2`.
 */

export type {
  CallOptions,
  ErrorsIn,
  Items,
  NotificationSource,
  SendOptions,
} from "@concordat/core";
export type { ClientContract, Shape } from "@concordat/core/internal";
export {
  allOf,
  anything,
  array,
  bigInteger,
  boolean,
  byKind,
  bytes,
  conditional,
  exactlyOne,
  integer,
  literal,
  not,
  nothing,
  number,
  object,
  openObject,
  optional,
  record,
  reference,
  string,
  timestamp,
  tuple,
  union,
} from "@concordat/core/internal";
