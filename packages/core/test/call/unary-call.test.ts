/** A link that only asks, and is answered once: what a page has whose contracts have nothing else. */
import { expect, test } from "vitest";
import { Link } from "../../src/call/link.ts";
import { unaryPart } from "../../src/call/link-parts.ts";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import { type Frame, nil } from "../../src/wire/frame.ts";
import { framesFromBytes, frameToBytes } from "../../src/wire/frame-bytes.ts";
import { limitsWith } from "../../src/wire/limits.ts";
import { noMetadata } from "../../src/wire/metadata.ts";
import { RecordingEar } from "./recording-ear.ts";

const limits = limitsWith();
const session: Frame["kind"][] = [];

function opened() {
  const ear = {
    pending: () => undefined,
    session: ({ kind }: Pick<Frame, "kind">) => void session.push(kind),
  };
  const link = new Link({ parts: unaryPart(), limits, ear });
  link.open(limits);
  const opening = {
    callKind: "unary",
    procedure: "a/b",
    metadata: noMetadata,
    payload: nil,
  } as const;
  const call = link.request({ ...opening, deadline: 1_000 }, 0);
  const heard = new RecordingEar(call);
  link.takeMessages();
  return {
    link,
    call,
    heard,
    hear: (frame: Frame) => link.receive(frameToBytes(frame), 0),
    said: () => link.takeMessages().flatMap((each) => framesFromBytes(each, limits)),
  };
}

const metadata = [["a", "b"]] as const;

test("a call ends with its response, after its leading metadata", () => {
  const { link, heard, hear } = opened();
  hear({ kind: "leading", id: 1, metadata });
  hear({ kind: "response", id: 1, metadata, payload: nil });

  expect(heard.told).toEqual(["leading", "finished"]);
  expect(heard.response).toEqual(nil);
  expect(link.size).toBe(0);
});

test("a call fails with the error that the server gives", () => {
  const { link, heard, hear } = opened();
  const fault = { code: "aborted", message: "No.", detail: undefined, retryAfterMs: 5 } as const;
  hear({ kind: "error", id: 1, fault, metadata });

  expect(heard.told).toEqual(["failed aborted"]);
  expect(heard.error).toMatchObject({ origin: "remote", retryAfterMs: 5 });
  expect(link.size).toBe(0);
});

test("who gives a call up tells the server so once, and is told nothing", () => {
  const { link, call, heard, said } = opened();
  call.cancel();
  call.cancel();
  call.expire();
  call.abandon(new ConcordatError("unavailable", "Gone."));

  expect(said()).toEqual([{ kind: "cancel", id: 1, code: 1 }]);
  expect(heard.told).toEqual([]);
  expect(link.size).toBe(0);
});

test("a deadline is told to both sides", () => {
  const { link, heard, said } = opened();
  link.tick(1_000);

  expect(said()).toEqual([{ kind: "cancel", id: 1, code: 4 }]);
  expect(heard.told).toEqual(["failed deadline_exceeded"]);
});

test("a call whose connection is gone fails with what is said of it", () => {
  const { link, heard } = opened();
  link.abandon(() => new ConcordatError("unavailable", "Gone."));

  expect(heard.told).toEqual(["failed unavailable"]);
});

test.each<Frame>([
  { kind: "item", id: 1, payload: nil },
  { kind: "end", id: 1, metadata: noMetadata },
  { kind: "cancel", id: 1, code: 1 },
])("a frame $kind is illegal on it", (frame) => {
  const { hear } = opened();

  expect(() => hear(frame)).toThrow(`a frame "${frame.kind}" is illegal on a unary call`);
});

test("what nobody listens to is dropped, and its credit given back at once", () => {
  const { hear, said } = opened();
  hear({ kind: "notification", id: 0, procedure: "a/told", metadata, payload: nil });

  expect(said()).toEqual([{ kind: "notificationCredit", id: 0, bytes: 1 + 2 + 256 }]);
});

test("credit that nothing costs is taken without a word", () => {
  const { hear, said } = opened();
  hear({ kind: "credit", id: 0, bytes: 10 });
  hear({ kind: "credit", id: 1, bytes: 10 });
  hear({ kind: "notificationCredit", id: 0, bytes: 10 });

  expect(said()).toEqual([]);
});

test("a request is for the session to refuse", () => {
  const { hear } = opened();
  hear({ kind: "request", id: 2, procedure: "a/b", timeoutMs: 0, metadata, payload: nil });

  expect(session).toEqual(["request"]);
});
