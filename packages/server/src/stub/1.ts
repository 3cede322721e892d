/**
 * `@concordat/server/stub/1`: what generated server stubs of revision 1 import.
 *
 * Never changed after its first release, only added to: a stub that was generated years ago keeps working with
 * the newest server. What a later generator needs in another form goes into `stub/2`.
 */

export type { Context, Items, ReleaseDocument, SendNotification } from "@concordat/core";
export type { ServerContract } from "@concordat/core/internal";
