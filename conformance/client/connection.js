/** A connection that was welcomed: docs/protocol/frames.md and calls.md. */
import { Call } from "./call.js";
import { object } from "./closed.js";
import { CallError } from "./errors.js";
import { readFrame, whole } from "./frame.js";
import { BadFrame, Reader } from "./msgpack-reader.js";
import { encode } from "./msgpack-writer.js";
import { raised, Window } from "./window.js";

/** @import { WebSocket } from "ws" */
/** @import { Frame } from "./frame.js" */

/**
 * Keys and values; texts as UTF-8.
 *
 * @param {unknown} metadata
 */
function metadataBytes(metadata) {
  if (!Array.isArray(metadata)) throw new BadFrame("metadata is no list");
  return metadata.reduce((sum, part) => sum + Buffer.byteLength(part), 0);
}

/** Frames that are about the connection as a whole. */
const sessionKinds = new Set([8, 9, 11, 13, 14, 15, 17]);

/** One connection that was welcomed. */
export class Connection {
  /** @type {Map<number, Call>} */
  #calls = new Map();
  /** @type {Map<string, (message: unknown) => void>} */
  #listeners = new Map();
  #lastId = 0;
  #socket;
  #lastHeard = Date.now();
  /** @type {number[][]} */
  #queue = [];

  /**
   * @param {WebSocket} socket
   * @param {Readonly<Record<string, unknown>>} welcome
   */
  constructor(socket, welcome) {
    this.#socket = socket;
    this.welcome = welcome;
    const limits = object(welcome["limits"]);
    this.streamWindow = Number(limits["streamWindowBytes"] ?? 262_144);
    this.credit = Number(limits["connectionWindowBytes"] ?? 1_048_576);
    this.messageBytes = Number(limits["messageBytes"] ?? 1_048_576);
    this.window = new Window(4_000);
    this.notificationCredit = this.streamWindow;
    this.notificationWindow = new Window(1_000);
    const interval = Number(limits["keepAliveMs"] ?? 25_000);
    this.#watch = setInterval(() => {
      if (Date.now() - this.#lastHeard > interval * 2.5) this.#end(4800, "heartbeat-lost");
    }, interval / 2);
    socket.on("message", (data, isBinary) => this.#receive(data, isBinary));
    socket.on("close", (code) => this.#lost(code));
    // calls.md: after "discarded" begin comes before everything else, also where nothing was sent early.
    if (welcome["early"] === "discarded") this.send(10, 0);
  }
  #watch;

  /**
   * A unary call.
   *
   * @param {string} procedure
   * @param {unknown} request
   * @param {{ timeoutMs?: number, metadata?: readonly unknown[], signal?: AbortSignal }} [options]
   */
  async unary(procedure, request, options = {}) {
    return this.#open(procedure, request, false, options).response();
  }

  /**
   * A server stream.
   *
   * @param {string} procedure
   * @param {unknown} request
   * @param {{ timeoutMs?: number, metadata?: readonly unknown[], signal?: AbortSignal }} [options]
   */
  serverStream(procedure, request, options = {}) {
    return this.#open(procedure, request, true, options).items();
  }

  /**
   * A client stream.
   *
   * @param {string} procedure
   * @param {Iterable<unknown> | AsyncIterable<unknown>} requests
   */
  async clientStream(procedure, requests) {
    const call = this.#open(procedure, null, false);
    void call.sendAll(requests);
    return call.response();
  }

  /**
   * A bidi stream.
   *
   * @param {string} procedure
   * @param {Iterable<unknown> | AsyncIterable<unknown>} requests
   */
  bidiStream(procedure, requests) {
    const call = this.#open(procedure, null, true);
    void call.sendAll(requests);
    return call.items();
  }

  /**
   * Sends fresh credentials. Only where the welcome has the capability `renew`.
   *
   * @param {unknown} credentials
   */
  renew(credentials) {
    this.send(16, 0, JSON.stringify(credentials));
  }

  /**
   * A notification, or an error where the server has no room for another one now.
   *
   * @param {string} procedure
   * @param {unknown} message
   */
  notify(procedure, message) {
    if (this.notificationCredit <= 0)
      throw new CallError("resource_exhausted", "the server takes no more notifications now");
    this.notificationCredit -= encode(message).length + 256;
    this.send(14, 0, procedure, [], message);
  }

  /**
   * Listens to a notification of the server.
   *
   * @param {string} procedure
   * @param {(message: unknown) => void} listener
   */
  on(procedure, listener) {
    this.#listeners.set(procedure, listener);
  }

  /** Closes, and waits for nobody. */
  close() {
    this.#end(1000, "");
  }

  /**
   * Queues a frame; all of one turn leave in one message. A payload is the frame's last element, as it is.
   *
   * @param {number} kind
   * @param {number} id
   * @param {...unknown} body
   */
  send(kind, id, ...body) {
    const frame = [0x92 + body.length, ...encode(kind), ...encode(id)];
    for (const element of body) frame.push(...encode(element));
    if (frame.length > this.messageBytes)
      throw new CallError("resource_exhausted", "too large to be sent");
    this.#queue.push(frame);
    if (this.#queue.length === 1) queueMicrotask(() => this.#flush());
  }

  /** @param {number} id */
  over(id) {
    this.#calls.delete(id);
  }

  /**
   * @param {string} procedure
   * @param {unknown} request
   * @param {boolean} isStream Whether the answer is a stream.
   * @param {{ timeoutMs?: number, metadata?: readonly unknown[], signal?: AbortSignal }} [options]
   */
  #open(procedure, request, isStream, { timeoutMs = 0, metadata = [], signal } = {}) {
    this.#lastId += 1;
    const call = new Call(this, this.#lastId, isStream);
    this.#calls.set(call.id, call);
    this.send(1, call.id, procedure, timeoutMs, metadata, request);
    if (timeoutMs > 0) call.expireAfter(timeoutMs);
    signal?.addEventListener("abort", () => call.cancel(1), { once: true });
    return call;
  }

  #flush() {
    let message = /** @type {number[]} */ ([]);
    for (const frame of this.#queue.splice(0)) {
      if (message.length + frame.length > this.messageBytes) {
        this.#socket.send(Uint8Array.from(message));
        message = [];
      }
      message = message.concat(frame);
    }
    this.#socket.send(Uint8Array.from(message));
  }

  /**
   * @param {unknown} data
   * @param {boolean} isBinary
   */
  #receive(data, isBinary) {
    this.#lastHeard = Date.now();
    try {
      if (!isBinary) throw new BadFrame("text after the handshake");
      const reader = new Reader(new Uint8Array(/** @type {ArrayBuffer} */ (data)));
      const frames = [];
      while (!reader.isAtEnd) frames.push(readFrame(reader));
      for (const frame of frames) this.#handle(frame);
    } catch (error) {
      if (!(error instanceof BadFrame)) throw error;
      this.#end(4803, "bad-frame");
    }
  }

  /** @param {Frame} frame */
  #handle({ kind, id, body, payloadBytes }) {
    if (kind >= 64) return; // ignorable: notices are for people
    if (sessionKinds.has(kind) && id !== 0) throw new BadFrame(`kind ${kind} belongs to no call`);
    const [first] = body;
    switch (kind) {
      case 7:
        this.#wasOpened(id);
        if (id === 0) this.credit = raised(this.credit, first);
        else this.#calls.get(id)?.granted(first);
        for (const call of this.#calls.values()) call.wake();
        return;
      case 8:
        return this.send(9, 0, whole(first));
      case 9: // pong
      case 11: // goaway: this client makes no second connection
      case 13: // ack
      case 17: // expiry: whoever uses this client has its credentials
        return;
      case 14:
        return this.#told(body, payloadBytes);
      case 15:
        this.notificationCredit = raised(this.notificationCredit, first);
        return;
      case 2:
      case 3:
      case 4:
      case 5:
      case 12: {
        const call = this.#calls.get(id);
        if (kind === 2) this.window.received(payloadBytes);
        if (call !== undefined) return call.handle(kind, body, payloadBytes);
        this.#wasOpened(id || Infinity);
        if (kind === 2) this.consumed(payloadBytes); // it crossed the end of its call
        return;
      }
      default:
        throw new BadFrame(`kind ${kind} is unknown, or not for a client`);
    }
  }

  /** @param {number} id */
  #wasOpened(id) {
    if (id > this.#lastId) throw new BadFrame(`call ${id} was never opened`);
  }

  /**
   * @param {readonly unknown[]} body
   * @param {number} payloadBytes
   */
  #told([procedure, metadata, message], payloadBytes) {
    if (typeof procedure !== "string") throw new BadFrame("a name is no text");
    const cost = payloadBytes + metadataBytes(metadata) + 256;
    this.notificationWindow.received(cost);
    this.#listeners.get(procedure)?.(message);
    const grant = this.notificationWindow.consumed(cost);
    if (grant > 0) this.send(15, 0, grant);
  }

  /** @param {number} bytes Payload bytes that the application has taken, or that nobody will take. */
  consumed(bytes) {
    const grant = this.window.consumed(bytes);
    if (grant > 0) this.send(7, 0, grant);
  }

  /**
   * @param {number} code
   * @param {string} reason
   */
  #end(code, reason) {
    this.#socket.close(code, reason);
    this.#lost(code);
  }

  /** @param {number} code */
  #lost(code) {
    clearInterval(this.#watch);
    for (const call of this.#calls.values()) {
      call.fail(
        new CallError("unavailable", `The connection is gone (${code}); the outcome is unknown.`),
      );
    }
  }
}
