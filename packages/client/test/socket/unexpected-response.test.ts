/** The HTTP answer to an upgrade that was not granted: a refusal where it is one of ours, and a time to wait. */
import { expect, test } from "vitest";
import { type HttpAnswer, readHttpAnswer } from "../../src/socket/unexpected-response.ts";
import type { HttpResponseShape } from "../../src/socket/websocket-shape.ts";

const problem = "application/problem+json";
const now = Date.UTC(2030, 0, 1);

/** An answer whose body a test plays. */
class Response implements HttpResponseShape {
  readonly answers: HttpAnswer[] = [];
  readonly statusCode?: number;
  readonly headers: HttpResponseShape["headers"];
  readonly #listeners = new Map<string, (chunk: Uint8Array) => void>();

  constructor(statusCode: number | undefined, headers: HttpResponseShape["headers"] = {}) {
    if (statusCode !== undefined) this.statusCode = statusCode;
    this.headers = headers;
    readHttpAnswer(this, now, (answer) => this.answers.push(answer));
  }

  on(event: string, listener: (chunk: Uint8Array) => void): void {
    this.#listeners.set(event, listener);
  }

  emit(event: string, chunk = new Uint8Array(0)): this {
    this.#listeners.get(event)?.(chunk);
    return this;
  }

  /** The body in two parts, cut within a character. */
  body(text: string): this {
    const bytes = new TextEncoder().encode(text);
    const cut = bytes.findIndex((byte) => byte > 0x7f) + 1;
    return this.emit("data", bytes.subarray(0, cut)).emit("data", bytes.subarray(cut)).emit("end");
  }
}

function bodyOf(code: number, message = "Zu alt für uns."): string {
  return JSON.stringify({
    type: "about:blank",
    code,
    name: "client-too-old",
    message,
    detail: message,
  });
}

test.each([
  ["429", 429, "7", 7_000],
  ["503", 503, "7", 7_000],
  ["a date", 503, new Date(now + 30_000).toUTCString(), 30_000],
  ["a date that is over", 503, new Date(now - 30_000).toUTCString(), 0],
  ["what is neither", 503, "soon", undefined],
  ["an answer that does not ask to wait", 500, "7", undefined],
])("Retry-After is a time to wait: %s", (_what, status, after, retryAfterMs) => {
  const { answers } = new Response(status, { "retry-after": after });

  expect(answers).toEqual([{ status, refusal: undefined, retryAfterMs }]);
});

test("the first of several headers of one name counts, and an answer without any is one", () => {
  expect(new Response(503, { "retry-after": ["7", "9"] }).answers[0]?.retryAfterMs).toBe(7_000);
  expect(new Response(undefined).answers[0]).toEqual({ status: 0 });
});

test("a refusal is what a 426 says in a problem document, read to its end, once", () => {
  const response = new Response(426, { "content-type": `${problem}; charset=utf-8` });
  expect(response.answers).toEqual([]);
  response.body(bodyOf(4426)).emit("close").emit("error");

  expect(response.answers).toMatchObject([{ status: 426, refusal: { closeCode: 4426 } }]);
  expect(response.answers[0]?.refusal?.message).toBe("Zu alt für uns.");
});

test.each([
  ["has another status", 400, problem, bodyOf(4426)],
  ["is of another type", 426, "text/html", bodyOf(4426)],
  ["says nothing of its type", 426, undefined, bodyOf(4426)],
  ["has a code of somebody else's", 426, problem, bodyOf(4300)],
  ["has a code beyond ours", 426, problem, bodyOf(4600)],
  ["is no JSON", 426, problem, "<html>"],
  ["is no object", 426, problem, "null"],
])(
  "an answer that %s is no refusal: an outage is not version skew",
  (_what, status, type, body) => {
    const { answers } = new Response(status, { "content-type": type }).body(body);

    expect(answers).toEqual([{ status, refusal: undefined, retryAfterMs: undefined }]);
  },
);

test.each(["close", "error"])("a body that ends with %s is not waited for", (event) => {
  const response = new Response(426, { "content-type": problem });
  response.emit("data", new TextEncoder().encode("{")).emit(event);

  expect(response.answers).toEqual([{ status: 426, refusal: undefined, retryAfterMs: undefined }]);
});

test("a body that does not end is read up to 16 KiB", () => {
  const response = new Response(426, { "content-type": problem });
  response.emit("data", new Uint8Array(16_384));
  expect(response.answers).toEqual([]);
  response.emit("data", new Uint8Array(1));
  response.emit("data", new Uint8Array(1));

  expect(response.answers).toEqual([{ status: 426, refusal: undefined, retryAfterMs: undefined }]);
});
