/** How often a page may reload itself: remembered across reloads, so that no page ever reloads in a loop. */
import type { Clock } from "@concordat/core/internal";

/** As much of a `Storage` as is used. Both may throw, as in a private window. */
export interface ReloadStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** One reload that was done. */
interface Reload {
  readonly build: string;
  readonly at: number;
}

const key = "concordat-reloads";
const hourMs = 3_600_000;
/** Builds that change at every load, as behind a balancer with two old ones, must not add up to a loop. */
const mostInAnHour = 3;
const mostRemembered = 20;

/** What is left of it stands in the storage: a budget that cannot be written down is none. */
export class ReloadBudget {
  readonly #storage: ReloadStorage | undefined;
  readonly #clock: Clock;

  constructor(storage: ReloadStorage | undefined, clock: Clock) {
    this.#storage = storage;
    this.#clock = clock;
  }

  /** Whether a page of this build may reload itself: once for each build, and three times in an hour whatever the builds. */
  allows(build: string): boolean {
    const past = this.#read();
    if (past === undefined || past.some((reload) => reload.build === build)) return false;
    const now = this.#clock.now();
    // Also what seems to lie ahead: the clock was set back.
    return past.filter(({ at }) => now - at < hourMs).length < mostInAnHour;
  }

  /** Takes one reload. False where none is left, or where it could not be written down. */
  take(build: string): boolean {
    if (!this.allows(build)) return false;
    const past = this.#read() ?? [];
    return this.#write([...past, { build, at: this.#clock.now() }].slice(-mostRemembered));
  }

  #read(): readonly Reload[] | undefined {
    let text: string | null | undefined;
    try {
      text = this.#storage?.getItem(key);
    } catch {
      return undefined;
    }
    return text === undefined ? undefined : reloadsFrom(text ?? "[]");
  }

  #write(reloads: readonly Reload[]): boolean {
    const text = JSON.stringify(reloads);
    try {
      this.#storage?.setItem(key, text);
      return this.#storage?.getItem(key) === text;
    } catch {
      return false;
    }
  }
}

/** What somebody else may have put there counts as nothing. */
function reloadsFrom(text: string): readonly Reload[] {
  try {
    const json: unknown = JSON.parse(text);
    return Array.isArray(json) ? json.filter(isReload) : [];
  } catch {
    return [];
  }
}

function isReload(value: unknown): value is Reload {
  if (typeof value !== "object" || value === null) return false;
  return (
    typeof Reflect.get(value, "build") === "string" && typeof Reflect.get(value, "at") === "number"
  );
}
