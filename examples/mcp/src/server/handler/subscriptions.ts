/**
 * `subscriptions/listen`: a call that stays open until something that it listens to has changed.
 *
 * The published schema gives it one result, which says that the subscription is over, and leaves the news to
 * notifications, which are no procedures. Here the end is the news: who wants more, reads and listens again.
 */
import type { McpHandlers } from "../../generated/mcp/server.ts";
import type { SubscriptionFilter } from "../../generated/mcp/types.ts";
import { speaking } from "../own-revision.ts";
import type { Change, Changes } from "../resource/changes.ts";
import { complete } from "../result.ts";

export function subscriptionHandlers(changes: Changes): McpHandlers["subscriptions"] {
  let opened = 0;
  return {
    listen: speaking(async ({ notifications }, { signal }) => {
      opened += 1;
      const subscriptionId = `listen-${opened}`;
      await nextChange(changes, notifications, signal);
      const { _meta, ...result } = complete({});
      return {
        ...result,
        _meta: { ..._meta, "io.modelcontextprotocol/subscriptionId": subscriptionId },
      };
    }),
  };
}

/** Settles at the first change that the filter asks for; fails when the caller gives up. */
function nextChange(
  changes: Changes,
  filter: SubscriptionFilter,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      stop();
      reject(signal.reason as Error); // the caller's status, which the framework raises
    };
    const stop = changes.listen((change) => {
      if (!isAskedFor(change, filter)) return;
      stop();
      signal.removeEventListener("abort", giveUp);
      resolve();
    });
    signal.addEventListener("abort", giveUp, { once: true });
  });
}

function isAskedFor(change: Change, filter: SubscriptionFilter): boolean {
  if (change.what === "resource-list") return filter.resourcesListChanged === true;
  return filter.resourceSubscriptions?.includes(change.uri) === true;
}
