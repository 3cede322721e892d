/** One handshake with a server over `ws`: a hello goes out, and what comes back is the answer. */
import type { IncomingMessage } from "node:http";
import {
  HandshakeFault,
  inspectionIn,
  isObject,
  type JsonMessage,
  jsonMessage,
  member,
  present,
  type Refusal,
  refusalFromClose,
  refusalFromJson,
  type Welcome,
  welcomeFromJson,
} from "@concordat/core/internal";
import { type RawData, WebSocket } from "ws";

/** Whom to shake hands with, and how. */
export interface HandshakeRequest {
  readonly url: string;
  readonly protocols: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  /** The hello as text. */
  readonly hello: string;
  readonly timeoutMs: number;
}

/** A Concordat server answered. */
export type HandshakeAnswer =
  | { readonly kind: "welcome"; readonly welcome: Welcome }
  | { readonly kind: "refused"; readonly refusal: Refusal };

/**
 * It did not. `stranger`: something answered that is no Concordat. `away`: a server that is full, or a proxy that reaches
 * none, so nobody knows. `unreachable`: nothing did.
 */
export interface NoAnswer {
  readonly kind: "stranger" | "away" | "unreachable";
  readonly reason: string;
}

/** What a server that is full says of itself, and a proxy of the servers behind it. */
const passing: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** The longest answer that is read: a welcome may list many releases. */
const mostBytes = 1_048_576;

/** Shakes hands, and hangs up. Never rejects. */
export function shakeHands(request: HandshakeRequest): Promise<HandshakeAnswer | NoAnswer> {
  return new Promise((resolve) => new Handshake(request, resolve).start());
}

class Handshake {
  readonly #request: HandshakeRequest;
  readonly #resolve: (answer: HandshakeAnswer | NoAnswer) => void;
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #refusal: Refusal | undefined;
  /** Whether anything came back at all. */
  #isThere = false;

  constructor(request: HandshakeRequest, resolve: (answer: HandshakeAnswer | NoAnswer) => void) {
    this.#request = request;
    this.#resolve = resolve;
  }

  start(): void {
    const { url, protocols, headers, hello, timeoutMs } = this.#request;
    this.#timer = setTimeout(() => this.#late(), timeoutMs);
    try {
      const options = { headers, maxPayload: mostBytes, perMessageDeflate: false };
      this.#socket = new WebSocket(url, [...protocols], options);
    } catch (error) {
      return this.#end({ kind: "unreachable", reason: reasonOf(error) });
    }
    this.#socket.on("open", () => {
      this.#isThere = true;
      this.#socket?.send(hello);
    });
    this.#socket.on("unexpected-response", (_request, response) => this.#http(response));
    this.#socket.on("message", (data, isBinary) => this.#message(data, isBinary));
    this.#socket.on("close", (code, reason) => this.#closed(code, reason.toString("latin1")));
    this.#socket.on("error", (error) => this.#failed(error));
    return undefined;
  }

  #message(data: RawData, isBinary: boolean): void {
    try {
      if (isBinary) throw new HandshakeFault("its first message is binary");
      // ws gives one Buffer for each message unless told otherwise.
      const json = jsonMessage((data as Buffer).toString("utf8"), mostBytes);
      const kind = member(json, "concordat");
      if (kind === "welcome") this.#end({ kind: "welcome", welcome: inspectedWelcome(json) });
      else if (kind === "reject") this.#refusal = refusalFromJson(json);
      else throw new HandshakeFault("its first message is neither welcome nor reject");
    } catch (error) {
      this.#end({ kind: "stranger", reason: reasonOf(error) });
    }
  }

  /** A refusal whose close got lost is one all the same. */
  #late(): void {
    if (this.#refusal !== undefined) return this.#end({ kind: "refused", refusal: this.#refusal });
    const reason = `nothing ${this.#isThere ? "more " : ""}came within ${this.#request.timeoutMs} ms`;
    return this.#end({ kind: this.#isThere ? "stranger" : "unreachable", reason });
  }

  /** The code decides, as for every client. */
  #closed(code: number, reason: string): void {
    const hundreds = Math.floor(code / 100);
    if (this.#refusal !== undefined) this.#end({ kind: "refused", refusal: this.#refusal });
    else if (hundreds === 44 || hundreds === 45)
      this.#end({ kind: "refused", refusal: refusalFromClose(code, reason, {}) });
    else this.#end({ kind: "stranger", reason: `it closed with ${code} and said nothing` });
  }

  #failed(error: Error): void {
    const code = "code" in error && typeof error.code === "string" ? error.code : undefined;
    // What came is no answer to an upgrade: ws and Node's parser of HTTP say so in codes of their own, or in none.
    const isStrange = code === undefined || code.startsWith("WS_ERR_") || code.startsWith("HPE_");
    this.#end({ kind: isStrange ? "stranger" : "unreachable", reason: reasonOf(error) });
  }

  #http(response: IncomingMessage): void {
    const { statusCode = 0, headers } = response;
    this.#isThere = true;
    const reason = `it answers the upgrade with HTTP ${statusCode}`;
    const isProblem =
      statusCode === 426 && `${headers["content-type"]}`.startsWith("application/problem+json");
    if (!isProblem)
      return this.#end({ kind: passing.has(statusCode) ? "away" : "stranger", reason });
    const chunks: Buffer[] = [];
    response.on("data", (chunk: Buffer) => chunks.length < 64 && chunks.push(chunk));
    // Also where the body is cut off.
    response.on("close", () => {
      const refusal = refusalOfBody(Buffer.concat(chunks).toString("utf8"));
      this.#end(
        refusal === undefined ? { kind: "stranger", reason } : { kind: "refused", refusal },
      );
    });
    return undefined;
  }

  #end(answer: HandshakeAnswer | NoAnswer): void {
    clearTimeout(this.#timer);
    this.#resolve(answer);
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.close(1000);
    // It may not answer; this program has heard enough.
    setTimeout(() => this.#socket?.terminate(), 100).unref();
  }
}

/** A welcome with what only this command asks for. */
function inspectedWelcome(json: JsonMessage): Welcome {
  return { ...welcomeFromJson(json), ...present({ inspect: inspectionIn(json) }) };
}

function refusalOfBody(body: string): Refusal | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return isObject(json) ? refusalFromJson(json) : undefined;
  } catch {
    return undefined;
  }
}

/** A failed connection to several addresses has its reasons inside. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return (error instanceof Error ? error.message : String(error)).trim(); // OpenSSL ends its lines
}
