/** The table of a connection's life leads to its end from everywhere, and is followed by both sessions. */
import { settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";
import { helloToText } from "../../src/handshake/hello.ts";
import { refusal } from "../../src/negotiation/refusal.ts";
import {
  clientTransitions,
  serverTransitions,
  type SessionAct,
  type SessionState,
  type SessionTransitions,
} from "../../src/session/session-state.ts";
import { frameToBytes } from "../../src/wire/frame-bytes.ts";
import { hello, ScriptedClient, welcome } from "./scripted-client.ts";

const states = Object.keys(serverTransitions) as SessionState[]; // the table's own keys
const acts: readonly SessionAct[] = [
  "hello",
  "welcome",
  "welcomeDiscarding",
  "begin",
  "reject",
  "close",
];

test("every state that is reached can be left by a close, and nothing leaves the last one", () => {
  for (const table of [serverTransitions, clientTransitions]) {
    const rows: Partial<SessionTransitions> = table;
    expect(rows.closed).toEqual({});
    const reached = new Set(Object.values(rows).flatMap((row) => Object.values(row)));
    reached.delete("closed");
    expect([...reached].filter((state) => rows[state]?.close !== "closed")).toEqual([]);
  }
});

/** The way into each state of a server. */
const ways: Readonly<Record<SessionState, readonly SessionAct[]>> = {
  greeting: [],
  deciding: ["hello"],
  open: ["hello", "welcome"],
  discarding: ["hello", "welcomeDiscarding"],
  closed: ["close"],
};

async function perform(client: ScriptedClient, act: SessionAct): Promise<void> {
  const { session, clock } = client;
  switch (act) {
    case "hello":
      session.receive(helloToText(hello, "g"), clock.now());
      break;
    case "welcome":
      session.welcome(welcome, "g", clock.now());
      break;
    case "welcomeDiscarding":
      session.welcome({ ...welcome, early: "discarded" }, "g", clock.now());
      break;
    case "begin":
      session.receive(frameToBytes({ kind: "begin", id: 0 }), clock.now());
      break;
    case "reject":
      session.reject(refusal("forbidden", { message: "No." }));
      break;
    case "close":
      session.close("rebalance");
  }
  await settle();
}

/** What the peer does out of turn ends the connection; what the owner does out of turn does nothing. */
const ofPeer: ReadonlySet<SessionAct> = new Set(["hello", "begin"]);

describe("a server follows the table", () => {
  const everything = states.flatMap((state) => acts.map((act) => [state, act] as const));

  test.each(everything)("%s, %s", async (state, act) => {
    const client = new ScriptedClient();
    for (const step of ways[state]) await perform(client, step);
    expect(client.session.state).toBe(state);

    await perform(client, act);

    const next = serverTransitions[state][act];
    const otherwise = outOfTurn(state, act);
    expect(client.session.state).toBe(next ?? otherwise);
  });
});

/** Early data is kept unread, and so is a begin in it. */
function outOfTurn(state: SessionState, act: SessionAct): SessionState {
  return !ofPeer.has(act) || (state === "deciding" && act === "begin") ? state : "closed";
}
