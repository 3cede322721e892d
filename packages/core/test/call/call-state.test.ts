/** The table of a call's life, and that a call follows it: every state, every act, every kind, both sides. */
import { describe, expect, test } from "vitest";
import { Call, type CallLink, type CallRole } from "../../src/call/call.ts";
import {
  type CallAct,
  type CallState,
  callTransitions,
  firstState,
  nextState,
} from "../../src/call/call-state.ts";
import { ConnectionCredit } from "../../src/call/connection-credit.ts";
import { type CallKind, callKinds } from "../../src/contract/procedure-kind.ts";
import { ConcordatError } from "../../src/error/concordat-error.ts";
import { type OutgoingFrame, nil } from "../../src/wire/frame.ts";
import { noMetadata } from "../../src/wire/metadata.ts";
import { WireError } from "../../src/wire/wire-error.ts";
import { thrownClass } from "../thrown.ts";

const states = Object.keys(callTransitions) as CallState[]; // the table's own keys
const acts = Object.keys(callTransitions.open) as CallAct[]; // "open" knows every act

/** Who does each act, as the design has it: written down here once more, by hand. */
const doneBy: Readonly<Record<CallAct, CallRole>> = {
  requestItem: "requester",
  requestEnd: "requester",
  cancel: "requester",
  leading: "responder",
  responseItem: "responder",
  response: "responder",
  responseEnd: "responder",
  error: "responder",
};

/** What each kind allows in each state, by hand as well. */
const legal: Readonly<Record<CallKind, Readonly<Record<CallState, readonly CallAct[]>>>> = {
  unary: { open: [], requested: ["leading", "response", "error", "cancel"], over: [] },
  serverStream: {
    open: [],
    requested: ["leading", "responseItem", "responseEnd", "error", "cancel"],
    over: [],
  },
  clientStream: {
    open: ["requestItem", "requestEnd", "leading", "response", "error", "cancel"],
    requested: ["leading", "response", "error", "cancel"],
    over: [],
  },
  bidiStream: {
    open: [
      "requestItem",
      "requestEnd",
      "leading",
      "responseItem",
      "responseEnd",
      "error",
      "cancel",
    ],
    requested: ["leading", "responseItem", "responseEnd", "error", "cancel"],
    over: [],
  },
};

const windows = { connectionWindowBytes: 1_000 };

/** A call without a link, which writes down its frames. */
class LoneCall implements CallLink {
  readonly frames: OutgoingFrame[] = [];
  readonly credit = new ConnectionCredit(this, windows, windows);
  readonly ended = (): void => undefined;
  readonly call: Call;

  constructor(role: CallRole, kind: CallKind) {
    const deadline = undefined;
    this.call = new Call(this, { id: 1, kind, role, sendCredit: 100, windowBytes: 100, deadline });
  }

  emit(frame: OutgoingFrame): void {
    this.frames.push(frame);
  }
}

/** A call of this kind that stands in this state, or nothing where it never does. */
function callIn(state: CallState, kind: CallKind, role: CallRole): LoneCall | undefined {
  const lone = new LoneCall(role, kind);
  if (state === "over") lone.call.abandon(new ConcordatError("unavailable", "Gone."));
  else if (state === "requested" && firstState(kind) === "open") {
    if (role === "requester") lone.call.sendEnd();
    else lone.call.receive({ kind: "end", id: 1, metadata: noMetadata });
  }
  lone.frames.length = 0;
  return lone.call.state === state ? lone : undefined;
}

function perform(call: Call, act: CallAct): void {
  switch (act) {
    case "requestItem":
    case "responseItem":
      return call.sendItem(nil);
    case "requestEnd":
    case "responseEnd":
      return call.sendEnd();
    case "leading":
      return call.sendLeading([]);
    case "response":
      return call.respond(nil);
    case "error":
      return call.fail(new ConcordatError("aborted", "No."));
    case "cancel":
      return call.cancel();
  }
}

const fault = {
  code: "aborted",
  message: "No.",
  detail: undefined,
  retryAfterMs: undefined,
} as const;

function frameOf(act: CallAct): Parameters<Call["receive"]>[0] {
  switch (act) {
    case "requestItem":
    case "responseItem":
      return { kind: "item", id: 1, payload: nil };
    case "requestEnd":
    case "responseEnd":
      return { kind: "end", id: 1, metadata: [] };
    case "leading":
      return { kind: "leading", id: 1, metadata: [] };
    case "response":
      return { kind: "response", id: 1, metadata: [], payload: nil };
    case "error":
      return { kind: "error", id: 1, fault, metadata: [] };
    case "cancel":
      return { kind: "cancel", id: 1, code: 1 };
  }
}

const everything = callKinds.flatMap((kind) =>
  states.flatMap((state) => acts.map((act) => [kind, state, act] as const)),
);

test.each(callKinds)("%s allows what the design says, and nothing else", (kind) => {
  for (const state of states) {
    if (state === "open" && firstState(kind) !== "open") continue;
    const allowed = acts.filter((act) => nextState(state, act, kind) !== undefined);
    expect([state, allowed]).toEqual([state, legal[kind][state]]);
  }
});

test("every call can end from wherever it stands, and nothing leads out of its end", () => {
  expect(callTransitions.open.cancel).toBe("over");
  expect(callTransitions.requested.cancel).toBe("over");
  expect(callTransitions.open.error).toBe("over");
  expect(callTransitions.requested.error).toBe("over");
  expect(callTransitions.over).toEqual({});
});

describe("an act of this side", () => {
  test.each(everything)("%s, %s: %s", (kind, state, act) => {
    const lone = callIn(state, kind, doneBy[act]);
    if (lone === undefined) return; // this kind never stands there
    const next = nextState(state, act, kind);
    const thrown = thrownClass(() => perform(lone.call, act));

    // After the end an act may just have crossed it, so that it does nothing; before, it is a mistake.
    const isMistake = next === undefined && state !== "over";
    expect(thrown).toBe(isMistake ? ConcordatError : undefined);
    expect(lone.frames.map((frame) => frame.kind)).toEqual(
      next === undefined ? [] : [frameOf(act).kind],
    );
    expect(lone.call.state).toBe(next ?? state);
  });
});

describe("a frame of the other side", () => {
  test.each(everything)("%s, %s: %s", (kind, state, act) => {
    const other = doneBy[act] === "requester" ? "responder" : "requester";
    const lone = callIn(state, kind, other);
    if (lone === undefined) return; // this kind never stands there
    const next = nextState(state, act, kind);
    const thrown = thrownClass(() => lone.call.receive(frameOf(act)));

    expect(thrown).toBe(next === undefined ? WireError : undefined);
    expect(lone.call.state).toBe(next ?? state);
  });

  test.each(callKinds)("%s: frames that only the receiver may send are illegal", (kind) => {
    for (const role of ["requester", "responder"] as const) {
      for (const act of acts.filter((each) => doneBy[each] === role)) {
        const frame = frameOf(act);
        // An item or an end of the other side is another act, and legal where that is.
        if (frame.kind === "item" || frame.kind === "end") continue;
        expect(thrownClass(() => new LoneCall(role, kind).call.receive(frame))).toBe(WireError);
      }
    }
  });
});
