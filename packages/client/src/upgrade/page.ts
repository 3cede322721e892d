/** What the platform offers to a page that has to be loaded anew; nothing of it outside of pages. */
import type { ReloadStorage } from "./reload-budget.ts";
import type { TabChannel } from "./tab-channel.ts";

/** The tab's own storage, which outlives a reload. A browser may refuse even to hand it out. */
export function findStorage(): ReloadStorage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}

/** A channel to the other tabs of this site. */
export function findChannel(): TabChannel | undefined {
  const isPage = Reflect.has(globalThis, "location") && Reflect.has(globalThis, "BroadcastChannel");
  return isPage ? new BroadcastChannel("concordat-upgrade") : undefined;
}

/** Loads the page anew. */
export function reloadPage(): void {
  globalThis.location.reload();
}
