/** `@concordat/client/upgrade`: what a page does when it is too old. No framework. */

export { onUpgradeRequired, type UpgradeOptions } from "./upgrade/on-upgrade-required.ts";
export type { ReloadStorage } from "./upgrade/reload-budget.ts";
export type { TabChannel } from "./upgrade/tab-channel.ts";
export { type UpgradeNeed, type UpgradeReason, upgradeReasons } from "./upgrade/upgrade-need.ts";
