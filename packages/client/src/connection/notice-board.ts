/** Notices of servers, each told once, however often the client connects. */
import type { Deprecation } from "@concordat/core";
import type { Welcome } from "@concordat/core/internal";
import type { Listeners } from "../listeners.ts";
import type { ClientEvents, ClientNotice } from "./client-events.ts";

/** A server that never says the same twice must not fill memory. */
const mostRemembered = 100;

/** Remembers what was told. */
export class NoticeBoard {
  readonly #listeners: Listeners<ClientEvents>;
  readonly #told = new Set<string>();

  constructor(listeners: Listeners<ClientEvents>) {
    this.#listeners = listeners;
  }

  /** Tells the notices that a welcome carries. */
  welcome({ contracts }: Welcome): void {
    for (const { name, release, notice } of contracts) {
      if (notice === undefined) continue;
      this.tell({ ...notice, contract: name, ...(release === undefined ? {} : { release }) });
    }
  }

  /** Tells one notice. */
  tell(notice: Deprecation | ClientNotice): void {
    const text = JSON.stringify(notice);
    if (this.#told.has(text)) return;
    if (this.#told.size >= mostRemembered) this.#told.clear();
    this.#told.add(text);
    this.#listeners.emit("notice", notice);
  }
}
