/** The HTTP answer to an upgrade that was not granted. Only `ws` shows it; to a browser it is a bare 1006. */
import { isObject, type Refusal, refusalFromJson } from "@concordat/core/internal";
import type { HttpResponseShape } from "./websocket-shape.ts";

/** The same bound as for a handshake message. */
const maxBodyBytes = 16_384;

/** What can be learned from the answer. */
export interface HttpAnswer {
  readonly status: number;
  /** What a 426 of a Concordat server says. No other status is read as a refusal: an outage is not version skew. */
  readonly refusal: Refusal | undefined;
  /** What `Retry-After` asks for on 429 and 503. */
  readonly retryAfterMs: number | undefined;
}

/** Reads the answer, its body only where it may be a refusal. Calls `done` once. */
export function readHttpAnswer(
  response: HttpResponseShape,
  now: number,
  done: (answer: HttpAnswer) => void,
): void {
  const status = response.statusCode ?? 0;
  const type = headerOf(response, "content-type") ?? "";
  if (status !== 426 || !/^application\/problem\+json\b/i.test(type)) {
    const mayWait = status === 429 || status === 503;
    const retryAfterMs = mayWait ? waitOf(headerOf(response, "retry-after") ?? "", now) : undefined;
    done({ status, refusal: undefined, retryAfterMs });
    return;
  }
  readBody(response, (body) => {
    done({ status, refusal: refusalFromBody(body), retryAfterMs: undefined });
  });
}

function readBody(response: HttpResponseShape, done: (body: string) => void): void {
  const decoder = new TextDecoder();
  let body = "";
  let bytes = 0;
  let isDone = false;
  const finish = (text: string): void => {
    if (isDone) return;
    isDone = true;
    done(text);
  };
  response.on("data", (chunk) => {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) finish("");
    else body += decoder.decode(chunk, { stream: true });
  });
  response.on("end", () => finish(body));
  response.on("error", () => finish(""));
  response.on("close", () => finish(""));
}

function refusalFromBody(body: string): Refusal | undefined {
  const json = objectFrom(body);
  const refusal = json === undefined ? undefined : refusalFromJson(json);
  // A gateway's own problem document may have a member "code" too. A code of ours may be newer than this client.
  const hundreds = Math.floor((refusal?.closeCode ?? 0) / 100);
  return hundreds === 44 || hundreds === 45 ? refusal : undefined;
}

function objectFrom(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** `Retry-After` is a number of seconds or a date. */
function waitOf(text: string, now: number): number | undefined {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const date = Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function headerOf({ headers }: HttpResponseShape, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
}
