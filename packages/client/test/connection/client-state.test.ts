/** The table of a client's life keeps its promises. */
import { expect, test } from "vitest";
import {
  type ClientAct,
  type ClientState,
  clientTransitions,
} from "../../src/connection/client-state.ts";

// The table's own keys and values, which Object.keys and Object.entries forget.
const states = Object.keys(clientTransitions) as ClientState[];
const steps = states.flatMap((state) =>
  // As above.
  (Object.entries(clientTransitions[state]) as [ClientAct, ClientState][]).map(([act, next]) => ({
    state,
    act,
    next,
  })),
);

test("every state can be reached from idle", () => {
  const reached = new Set<ClientState>(["idle"]);
  for (const _ of states) {
    for (const { state, next } of steps) if (reached.has(state)) reached.add(next);
  }

  expect([...reached].toSorted()).toEqual(states.toSorted());
});

test("every state but closed can be closed", () => {
  const closable = steps.filter(({ act }) => act === "close").map(({ state }) => state);

  expect(closable.toSorted()).toEqual(states.filter((state) => state !== "closed").toSorted());
});

test("a refused or closed client does nothing but dial", () => {
  expect(clientTransitions.refused).toEqual({ dial: "connecting", close: "closed" });
  expect(clientTransitions.closed).toEqual({ dial: "connecting" });
});

test("a socket is opened by dialling only, and ready is entered by a welcome only", () => {
  for (const { act, next } of steps) {
    expect(next === "connecting").toBe(act === "dial");
    expect(next === "ready").toBe(act === "welcome");
  }
});
