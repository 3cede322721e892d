/** One call: docs/protocol/calls.md. */
import { CallError, faultOf, statusNames } from "./errors.js";
import { BadFrame } from "./msgpack-reader.js";
import { encode } from "./msgpack-writer.js";
import { raised, Window } from "./window.js";

/** @import { Connection } from "./connection.js" */

/** One call. */
export class Call {
  #connection;
  #window = new Window(1_000);
  /** @type {{ value: unknown, bytes: number }[]} */
  #queue = [];
  /** @type {CallError | "well" | undefined} */
  #outcome;
  /** @type {unknown} */
  #response;
  #credit;
  /** @type {(() => void)[]} */
  #waiting = [];
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /**
   * @param {Connection} connection
   * @param {number} id
   * @param {boolean} isStream
   */
  constructor(connection, id, isStream) {
    this.id = id;
    this.isStream = isStream;
    this.#connection = connection;
    this.#credit = connection.streamWindow;
  }

  async response() {
    while (this.#outcome === undefined) await this.#change();
    if (this.#outcome !== "well") throw this.#outcome;
    return this.#response;
  }

  async *items() {
    try {
      for (;;) {
        const item = this.#queue.shift();
        if (item !== undefined) {
          this.#consumed(item.bytes);
          yield item.value;
        } else if (this.#outcome === undefined) await this.#change();
        else if (this.#outcome === "well") return;
        else throw this.#outcome;
      }
    } finally {
      this.cancel(1);
    }
  }

  /** @param {Iterable<unknown> | AsyncIterable<unknown>} items */
  async sendAll(items) {
    for await (const item of items) {
      while (this.#outcome === undefined && !(this.#credit > 0 && this.#connection.credit > 0))
        await this.#change();
      if (this.#outcome !== undefined) return;
      const size = encode(item).length;
      this.#connection.send(2, this.id, item);
      this.#credit -= size;
      this.#connection.credit -= size;
    }
    if (this.#outcome === undefined) this.#connection.send(3, this.id, []);
  }

  /** @param {number} code */
  cancel(code) {
    if (this.#outcome !== undefined) return;
    this.#connection.send(6, this.id, code);
    this.fail(new CallError(statusNames[code] ?? "cancelled", "The call was given up."));
  }

  /** @param {number} ms */
  expireAfter(ms) {
    this.#timer = setTimeout(() => this.cancel(4), ms);
  }

  /** @param {unknown} bytes */
  granted(bytes) {
    this.#credit = raised(this.#credit, bytes);
  }

  wake() {
    for (const resume of this.#waiting.splice(0)) resume();
  }

  /** @param {CallError | "well"} outcome */
  fail(outcome) {
    this.#outcome ??= outcome;
    clearTimeout(this.#timer);
    this.#connection.over(this.id);
    this.wake();
  }

  /**
   * @param {number} kind
   * @param {unknown[]} body
   * @param {number} bytes
   */
  handle(kind, [first, second], bytes) {
    if (kind <= 4 && this.isStream === (kind === 4))
      throw new BadFrame(`kind ${kind} is none of this call's`);
    if (kind === 2) {
      this.#window.received(bytes);
      this.#queue.push({ value: first, bytes });
      this.wake();
    } else if (kind === 3) this.fail("well");
    else if (kind === 4) {
      this.#response = second;
      this.fail("well");
    } else if (kind === 5) this.fail(faultOf(first));
    else this.leading = first;
  }

  /** @param {number} bytes */
  #consumed(bytes) {
    this.#connection.consumed(bytes);
    const grant = this.#window.consumed(bytes);
    if (grant > 0 && this.#outcome === undefined) this.#connection.send(7, this.id, grant);
  }

  /** @returns {Promise<void>} */
  #change() {
    return new Promise((resume) => void this.#waiting.push(resume));
  }
}
