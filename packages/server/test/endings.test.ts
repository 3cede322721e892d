/** However a call ends: the handler's `finally` runs, once, and nothing of the call is left. Every kind, every ending. */
import { ConcordatError } from "@concordat/core";
import { settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";

import type { CallDetails, Caller } from "./fixture/caller.ts";
import type { OpenCall } from "./fixture/open-call.ts";
import { shopStage } from "./fixture/stage.ts";

/** What a handler does when it has begun. */
type Behaviour = "answers" | "throws" | "waits" | "goes on for ever" | "answers badly";

interface Ending {
  readonly behaviour: Behaviour;
  readonly act?: (call: OpenCall, caller: Caller, pass: (ms: number) => Promise<void>) => unknown;
  readonly timeoutMs?: number;
}

const endings: Readonly<Record<string, Ending>> = {
  "it answers": { behaviour: "answers" },
  "it throws": { behaviour: "throws" },
  "it answers with what does not match": { behaviour: "answers badly" },
  "the caller cancels while it waits": { behaviour: "waits", act: ({ call }) => call.cancel() },
  "the caller cancels twice": {
    behaviour: "waits",
    act: ({ call }) => [call.cancel(), call.cancel()],
  },
  "the caller cancels while it produces": {
    behaviour: "goes on for ever",
    act: ({ call }) => call.cancel(),
  },
  "the deadline passes while it waits": {
    behaviour: "waits",
    timeoutMs: 50,
    act: async (_call, _caller, pass) => pass(50),
  },
  "the deadline passes while it produces": {
    behaviour: "goes on for ever",
    timeoutMs: 50,
    act: async (_call, _caller, pass) => pass(50),
  },
  "the connection closes while it waits": {
    behaviour: "waits",
    act: (_call, { session }) => session.close(1000, ""),
  },
  "the connection closes while it produces": {
    behaviour: "goes on for ever",
    act: (_call, { session }) => session.close(1000, ""),
  },
};

const kinds = ["unary", "serverStream", "clientStream", "bidiStream"] as const;

function stageOf(behaviour: Behaviour, finals: string[]) {
  /** What every handler does once it has begun. */
  async function* run(signal: AbortSignal, good: unknown, bad: unknown): AsyncGenerator {
    if (behaviour === "throws") throw new ConcordatError("aborted", "No.");
    if (behaviour === "waits") {
      await new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason as Error)); // a ConcordatError
      });
    }
    if (behaviour === "goes on for ever") for (;;) yield good;
    yield behaviour === "answers badly" ? bad : good;
  }
  async function last(signal: AbortSignal, good: unknown, bad: unknown): Promise<unknown> {
    let value: unknown;
    for await (const item of run(signal, good, bad)) {
      if (signal.aborted) throw signal.reason;
      value = item;
    }
    return value;
  }
  const ended = (): void => void finals.push("finally");
  return shopStage(
    {
      async greet(_request, { signal }) {
        try {
          // What does not match its type is what one ending is about; so below.
          return (await last(signal, { text: "x" }, 7)) as { text: string };
        } finally {
          ended();
        }
      },
      async *count(_request, { signal }) {
        try {
          yield* run(signal, 1, "x") as AsyncGenerator<number>; // as above
        } finally {
          ended();
        }
      },
      async sum(numbers, { signal }) {
        try {
          for await (const number of numbers) if (number === 1) break;
          return (await last(signal, 1, "x")) as number; // as above
        } finally {
          ended();
        }
      },
      async *echo(words, { signal }) {
        try {
          for await (const word of words) if (word === "x") break;
          yield* run(signal, "x", 7) as AsyncGenerator<string>; // as above
        } finally {
          ended();
        }
      },
    },
    { limits: { streamWindowBytes: 64 } },
  );
}

const open = {
  unary: (caller: Caller, details: CallDetails) =>
    caller.open("unary", "shop/greet", { name: "Ada" }, details),
  serverStream: (caller: Caller, details: CallDetails) =>
    caller.open("serverStream", "shop/count", { to: 1 }, details),
  clientStream: (caller: Caller, details: CallDetails) =>
    caller.open("clientStream", "shop/sum", undefined, details),
  bidiStream: (caller: Caller, details: CallDetails) =>
    caller.open("bidiStream", "shop/echo", undefined, details),
} as const;

describe.each(kinds)("%s", (kind) => {
  test.each(Object.entries(endings))("%s", async (_title, { behaviour, act, timeoutMs }) => {
    const finals: string[] = [];
    const stage = stageOf(behaviour, finals);
    const caller = stage.caller();
    await caller.welcome;
    const call = open[kind](caller, timeoutMs === undefined ? {} : { timeoutMs });
    call.stalled = behaviour === "goes on for ever"; // or one side would never let the other speak
    await settle();
    if (kind === "clientStream") call.send(1);
    if (kind === "bidiStream") call.send("x");
    await settle();
    await act?.(call, caller, (ms) => stage.clock.advance(ms));
    await settle();

    expect(finals).toEqual(["finally"]);
    expect(stage.server.load.calls).toBe(0);
    await stage.clock.advance(60_000);
    expect(finals).toEqual(["finally"]);
    expect(stage.logged("handler-failed")).toEqual([]);
  });
});
