/** What tabs of one site tell each other: that their build is not served any more. */

/** As much of a `BroadcastChannel` as is used. */
export interface TabChannel {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  close(): void;
}

const word = "upgrade-required";

/** Tells once, and hears of the same build only: another one may be served. */
export class OtherTabs {
  readonly #channel: TabChannel | undefined;
  readonly #build: string;
  #hasTold = false;

  constructor(channel: TabChannel | undefined, build: string, heard: () => void) {
    this.#channel = channel;
    this.#build = build;
    channel?.addEventListener("message", ({ data }) => {
      if (isNewsOf(data, build)) heard();
    });
  }

  /** Tells the other tabs, once in the life of this page. */
  tell(): void {
    if (this.#hasTold) return;
    this.#hasTold = true;
    this.#channel?.postMessage({ concordat: word, build: this.#build });
  }

  close(): void {
    this.#channel?.close();
  }
}

/** Anything may come over a channel that is shared by all scripts of a site. */
function isNewsOf(data: unknown, build: string): boolean {
  if (typeof data !== "object" || data === null) return false;
  return Reflect.get(data, "concordat") === word && Reflect.get(data, "build") === build;
}
