/** What a page is told about itself, and what a client makes of it. Outside of pages nothing here happens. */

/** Who acts on the signals. */
export interface PageEar {
  /** A good moment to dial. */
  hurry(): void;
  /** Timers may have been late. */
  look(): void;
  /** The page goes to sleep, to be woken perhaps, or is left for good. */
  suspend(mayWake: boolean): void;
}

/** As much of an event as is read. */
interface PageEvent {
  readonly type: string;
  /** On `pagehide`: whether the page may come back. */
  readonly persisted?: boolean;
  /** On `visibilitychange` the document. */
  readonly target?: { readonly visibilityState?: unknown } | null;
}

/** As much of a page as is used. */
interface Page {
  addEventListener(type: string, listener: (event: PageEvent) => void): void;
  removeEventListener(type: string, listener: (event: PageEvent) => void): void;
}

/** The events that are listened to; all of them reach the global object. */
const signals = ["online", "visibilitychange", "pageshow", "pagehide"] as const;

/** Listens to the page, where there is one. The returned function stops that. */
export function listenToPage(ear: PageEar): () => void {
  const page = findPage();
  const hear = (event: PageEvent): void => act(event, ear);
  for (const signal of signals) page?.addEventListener(signal, hear);
  return () => {
    for (const signal of signals) page?.removeEventListener(signal, hear);
  };
}

function act({ type, persisted, target }: PageEvent, ear: PageEar): void {
  if (type === "pagehide") {
    // One that is kept leaves the server a ghost that answers pings; the sockets of one that is not are closed as lost ones are.
    return ear.suspend(persisted === true);
  }
  if (type === "visibilitychange" && target?.visibilityState !== "visible") return;
  ear.look();
  ear.hurry();
}

function findPage(): Page | undefined {
  return isPage(globalThis) ? globalThis : undefined;
}

function isPage(target: object): target is Page {
  const names = ["addEventListener", "removeEventListener"];
  return names.every((name) => typeof Reflect.get(target, name) === "function");
}
