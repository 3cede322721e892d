/** The most memory that a process had, from when somebody asked for it. Where nobody does, nothing is disturbed. */
export class MemoryWatch {
  most = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  start() {
    this.most = 0;
    this.look();
    this.#timer = setInterval(() => this.look(), 20);
  }

  look() {
    this.most = Math.max(this.most, process.memoryUsage.rss());
  }

  stop() {
    if (this.#timer === undefined) return;
    this.look();
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
