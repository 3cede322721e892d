/** How much memory this process takes, and took at most. */

/** What a process says about its memory. */
export interface MemoryFigures {
  /** What the system has given it. */
  readonly rss: number;
  /** The most that it was, as far as it was looked at. */
  readonly peak: number;
  /** What it holds when everything that can be dropped is dropped. */
  readonly held: number;
}

/** Looks at the memory of this process, a few times a second. */
export class MemoryWatch {
  #peak = 0;

  constructor() {
    setInterval(() => this.#look(), 50).unref();
  }

  /** Forgets the peak, and says how it is without garbage. */
  settle(): MemoryFigures {
    globalThis.gc?.();
    this.#peak = 0;
    return this.figures();
  }

  figures(): MemoryFigures {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    return { rss: this.#look(), peak: this.#peak, held: heapUsed + external };
  }

  #look(): number {
    const rss = process.memoryUsage.rss();
    this.#peak = Math.max(this.#peak, rss);
    return rss;
  }
}
