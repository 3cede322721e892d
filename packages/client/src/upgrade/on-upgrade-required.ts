/** What a page does when it is not served any more: reload once if nothing is lost by it, else say so. */
import type { UpgradeRequiredError } from "@concordat/core";
import { type Clock, systemClock } from "@concordat/core/internal";

import type { ClientLife } from "../client.ts";
import { findChannel, findStorage, reloadPage } from "./page.ts";
import { ReloadBudget, type ReloadStorage } from "./reload-budget.ts";
import { OtherTabs, type TabChannel } from "./tab-channel.ts";
import type { UpgradeNeed, UpgradeReason } from "./upgrade-need.ts";

/** How a page upgrades itself. */
export interface UpgradeOptions {
  /** What this page was built from, e.g. a commit: the budget of reloads is counted for each build. */
  readonly build: string;
  /** Shows that a newer page is needed. Called again where the reason changes. */
  readonly show: (need: UpgradeNeed) => void;
  /**
   * Asked before the page reloads itself: whether nothing is lost by it. May take its time, such as until a form is saved.
   * Default: the page never reloads by itself.
   */
  readonly mayReload?: (error: UpgradeRequiredError) => boolean | Promise<boolean>;
  /** Where reloads are remembered. Default: the tab's `sessionStorage`. */
  readonly storage?: ReloadStorage;
  /** Loads the page anew. Default: `location.reload()`. */
  readonly reload?: () => void;
  /** The other tabs. Default: a `BroadcastChannel` of this site. */
  readonly channel?: TabChannel;
  /** The time. For tests. Default: the machine's. */
  readonly clock?: Clock;
}

/**
 * Handles `upgradeRequired` of a client in a page. Call it once, right after `createClient`.
 *
 * Nothing else leads to a reload: not an authentication failure, not an outage, not a server that is behind. A page
 * reloads itself once for each build, and three times in an hour whatever the builds are; where that cannot be
 * remembered, never.
 *
 * @returns what stops it.
 */
export function onUpgradeRequired(
  client: Pick<ClientLife, "on">,
  options: UpgradeOptions,
): () => void {
  const upgrade = new PageUpgrade(options);
  const stopListening = client.on("upgradeRequired", (error) => void upgrade.required(error));
  return () => {
    stopListening();
    upgrade.close();
  };
}

class PageUpgrade {
  readonly #options: UpgradeOptions;
  readonly #budget: ReloadBudget;
  readonly #tabs: OtherTabs;
  #shown: UpgradeReason | undefined;
  #isBusy = false;
  #isClosed = false;

  constructor(options: UpgradeOptions) {
    const { storage = findStorage(), channel = findChannel(), clock = systemClock } = options;
    this.#options = options;
    this.#budget = new ReloadBudget(storage, clock);
    this.#tabs = new OtherTabs(channel, options.build, () => {
      if (this.#shown === undefined && !this.#isBusy && !this.#isClosed)
        this.#show("other-tab", undefined);
    });
  }

  /** This page was refused. While the application is asked, asking once more changes nothing. */
  async required(error: UpgradeRequiredError): Promise<void> {
    if (this.#isBusy || this.#isClosed) return undefined;
    this.#isBusy = true;
    this.#tabs.tell();
    const reason = await this.#objection(error);
    if (this.#isClosed) return undefined;
    if (reason === undefined) return this.#reload(); // and stays busy: this page is over
    this.#isBusy = false;
    return this.#show(reason, error);
  }

  close(): void {
    this.#tabs.close();
    this.#isClosed = true;
  }

  /** Why the page may not reload itself; `undefined` where it may, and the reload is paid for. */
  async #objection(error: UpgradeRequiredError): Promise<UpgradeReason | undefined> {
    const { build, mayReload } = this.#options;
    if (error.mustMove === "server") return "server-must-move";
    if (mayReload === undefined) return "unasked";
    if (!this.#budget.allows(build)) return "exhausted";
    if (!(await agrees(mayReload, error))) return "postponed";
    return this.#budget.take(build) ? undefined : "exhausted";
  }

  #show(reason: UpgradeReason, error: UpgradeRequiredError | undefined): void {
    this.#shown = reason;
    this.#options.show({ reason, error, reload: () => this.#reload() });
  }

  #reload(): void {
    const { reload = reloadPage } = this.#options;
    reload();
  }
}

/** A hook that fails has not said that nothing is lost. */
async function agrees(
  mayReload: NonNullable<UpgradeOptions["mayReload"]>,
  error: UpgradeRequiredError,
): Promise<boolean> {
  try {
    const answer: unknown = await mayReload(error); // plain JavaScript may answer anything
    return answer === true;
  } catch {
    return false;
  }
}
