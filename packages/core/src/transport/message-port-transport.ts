/** A MessagePort as a transport: a worker's, an iframe's, Electron's. */
import { maxReasonBytes } from "../wire/close-reason.ts";
import { utf8Length } from "../wire/utf8.ts";
import { Mailbox } from "./mailbox.ts";
import { messageFrom } from "./message.ts";
import type { Transport, TransportListener } from "./transport.ts";

/** The events of a port. Browsers have no `close`, or do not fire it: there a port that is gone is noticed by its silence. */
export type PortEventName = "message" | "messageerror" | "close";

/** What every runtime takes as a listener: each has event classes of its own. */
export type PortListener = (event: unknown) => void;

/** As much of a port as is used. Which of the two forms it has decides nothing. */
export type MessagePortShape = StandardPort | EmittingPort;

/** A port of the standard's form: of a page, of a worker, of Node's `worker_threads`. */
export interface StandardPort extends PortCalls {
  addEventListener(type: PortEventName, listener: PortListener): void;
}

/** A port that emits: of Electron's main process. */
export interface EmittingPort extends PortCalls {
  on(event: PortEventName, listener: PortListener): unknown;
}

/** What both forms have. */
export interface PortCalls {
  postMessage(message: unknown): void;
  close(): void;
  /** Begins to deliver what came. */
  start?(): void;
}

/** A port knows neither code nor reason of its close, so they are told before it: the one message that is a list. */
type PortClose = readonly [name: "close", code: number, reason: string];

/**
 * Wraps a port. What comes before somebody listens is kept.
 *
 * A port has no measure of what waits in it, so `bufferedBytes` is 0: streams are bounded by their credit, calls by
 * their number, and a peer that has stopped is noticed by its silence. The bytes that are sent are copied.
 *
 * @param port One end of a MessageChannel whose other end is wrapped too. It belongs to the transport from now on.
 */
export function messagePortTransport(port: MessagePortShape): Transport {
  return new MessagePortTransport(port);
}

class MessagePortTransport implements Transport {
  readonly #port: MessagePortShape;
  readonly #mailbox = new Mailbox();
  readonly bufferedBytes = 0;

  constructor(port: MessagePortShape) {
    this.#port = port;
    this.#on("message", (event) => this.#receive(dataOf(event)));
    // What cannot be deserialized here, such as memory that only another process may share.
    this.#on("messageerror", () => this.#mailbox.message(messageFrom(undefined)));
    this.#on("close", () => this.#mailbox.closed(1006, ""));
  }

  listen(listener: TransportListener): void {
    this.#mailbox.listen(listener);
    this.#port.start?.();
  }

  send(message: string | Uint8Array): void {
    if (this.#mailbox.isOver) return;
    // A view would bring all of its buffer along, and the sender keeps what it may have to send again.
    this.#post(typeof message === "string" ? message : message.slice());
  }

  close(code: number, reason: string): void {
    if (this.#mailbox.isOver) return;
    this.#post(["close", code, reason] satisfies PortClose);
    this.#end(code, reason);
  }

  #receive(data: unknown): void {
    if (this.#mailbox.isOver) return;
    if (isPortClose(data)) this.#end(data[1], data[2]);
    else this.#mailbox.message(messageFrom(data));
  }

  /** What was posted before is still delivered to the other side. */
  #end(code: number, reason: string): void {
    this.#port.close();
    this.#mailbox.closed(code, reason);
  }

  #post(message: unknown): void {
    try {
      // oxlint-disable-next-line require-post-message-target-origin -- a port is no window: it has one other end
      this.#port.postMessage(message);
    } catch {
      // The port is gone: of a frame that was removed, of a process that ended.
      this.#mailbox.closed(1006, "");
    }
  }

  #on(event: PortEventName, listener: PortListener): void {
    if ("addEventListener" in this.#port) this.#port.addEventListener(event, listener);
    else this.#port.on(event, listener);
  }
}

function dataOf(event: unknown): unknown {
  return typeof event === "object" && event !== null ? Reflect.get(event, "data") : undefined;
}

/** Whether a message closes. One that lies about its code or reason is no message at all. */
function isPortClose(data: unknown): data is PortClose {
  if (!Array.isArray(data) || data.length !== 3) return false;
  const parts: readonly unknown[] = data;
  const [name, code, reason] = parts;
  const isCode = Number.isInteger(code) && Number(code) >= 1_000 && Number(code) <= 4_999;
  return name === "close" && isCode && typeof reason === "string" && isShort(reason);
}

/** The length first: that of a text of a gigabyte is not counted. */
function isShort(reason: string): boolean {
  return reason.length <= maxReasonBytes && utf8Length(reason) <= maxReasonBytes;
}
