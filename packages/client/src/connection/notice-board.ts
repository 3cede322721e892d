/** Notices of servers, each told once, however often the client connects. */
import type { Notice } from "@concordat/core";
import { present, type Welcome, type WelcomedContract } from "@concordat/core/internal";
import type { Listeners } from "./listeners.ts";
import type { ClientEvents } from "./client-events.ts";
import type { OfferedContract } from "./refused.ts";

/** A server that never says the same twice must not fill memory. */
const mostRemembered = 100;

/** Whom notices are told to, and what this program itself knows. */
export interface NoticeBoardOptions {
  readonly listeners: Listeners<ClientEvents>;
  readonly contracts: readonly OfferedContract[];
}

/** Remembers what was told. */
export class NoticeBoard {
  readonly #options: NoticeBoardOptions;
  readonly #told = new Set<string>();
  /** By contract, the notice of the last welcome. */
  readonly #last = new Map<string, string>();

  constructor(options: NoticeBoardOptions) {
    this.#options = options;
  }

  /** Tells what a welcome says about this program's age. */
  welcome({ contracts }: Welcome): void {
    for (const contract of contracts) {
      const { name, release, notice } = contract;
      if (notice !== undefined)
        this.#welcomed(name, { ...notice, contract: name, ...present({ release }) });
      this.#compare(contract);
    }
  }

  /** Tells one notice. Of time that is left it is news each time: it may have been given back meanwhile. */
  tell(notice: Notice): void {
    if (notice.withinMs !== undefined || this.#isNews(notice))
      this.#options.listeners.emit("notice", notice);
  }

  #welcomed(contract: string, notice: Notice): void {
    const text = JSON.stringify(notice);
    // A day that was moved back is news: another one was told since.
    if (this.#last.get(contract) !== text) this.#told.delete(text);
    this.#last.set(contract, text);
    this.tell(notice);
  }

  #compare({ name, newest, notice }: WelcomedContract): void {
    const own = this.#options.contracts.find((contract) => contract.name === name);
    const release = own?.offers[0]?.release;
    if (release === undefined || newest === undefined) return;
    const event = { contract: name, release, newest };
    if (this.#isNews(event))
      this.#options.listeners.emit("upgradeAvailable", present({ ...event, notice }));
  }

  #isNews(event: object): boolean {
    const text = JSON.stringify(event);
    if (this.#told.has(text)) return false;
    if (this.#told.size >= mostRemembered) {
      this.#told.clear();
      this.#last.clear();
    }
    this.#told.add(text);
    return true;
  }
}
