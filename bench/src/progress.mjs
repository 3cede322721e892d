/** Where a run is and how long it may still take: one line that is written over, or one for each workload. */
export class Progress {
  #expectedMs;
  #doneMs = 0;
  #start = performance.now();
  #says;

  /** @param {number} expectedMs Of everything together, roughly. */
  constructor(expectedMs, stream = process.stderr) {
    this.#expectedMs = expectedMs;
    this.#says = stream;
  }

  /** What is being done. */
  say(text) {
    if (this.#says.isTTY) this.#says.write(`\r\u001b[K${text}; ${this.#left()}`);
  }

  /** A new workload. */
  begin(title) {
    if (!this.#says.isTTY) this.#says.write(`${clock()} ${title}; ${this.#left()}\n`);
  }

  /** @param {number} expectedMs What was expected of the one that is over. */
  end(expectedMs) {
    this.#doneMs += expectedMs;
    if (this.#says.isTTY) this.#says.write("\r\u001b[K");
  }

  #left() {
    const passed = performance.now() - this.#start;
    // What is over says how much longer than expected things take here.
    const pace = this.#doneMs === 0 ? 1 : passed / this.#doneMs;
    const ms = this.#doneMs === 0 ? this.#expectedMs - passed : this.#expectedMs * pace - passed;
    return `about ${Math.max(1, Math.round(ms / 60_000))} min left`;
  }
}

function clock() {
  return new Date().toTimeString().slice(0, 5);
}
