/** Listeners are told in order, can go at any time, and cannot hurt whoever tells them. */
import { expect, test } from "vitest";
import { Listeners } from "../../src/connection/listeners.ts";

interface Events {
  readonly sound: string;
}

function heard(): { listeners: Listeners<Events>; uncaught: unknown[] } {
  const uncaught: unknown[] = [];
  const listeners = new Listeners<Events>((run) => {
    try {
      run();
    } catch (error) {
      uncaught.push(error);
    }
  });
  return { listeners, uncaught };
}

test("all are told, in the order in which they came", () => {
  const { listeners } = heard();
  const log: string[] = [];
  listeners.on("sound", (sound) => log.push(`first ${sound}`));
  listeners.on("sound", (sound) => log.push(`second ${sound}`));
  listeners.emit("sound", "bell");

  expect(log).toEqual(["first bell", "second bell"]);
});

test("the function that is returned removes that listener and no other, twice or once", () => {
  const { listeners } = heard();
  const log: string[] = [];
  const listen = (sound: string): unknown => log.push(sound);
  const stop = listeners.on("sound", listen);
  listeners.on("sound", listen);
  stop();
  stop();
  listeners.emit("sound", "bell");

  expect(log).toEqual(["bell"]);
  expect(listeners.size).toBe(1);
});

test("a listener that throws does not keep the others from hearing, and its error is reported", () => {
  const { listeners, uncaught } = heard();
  const mistake = new Error("a mistake");
  const log: string[] = [];
  listeners.on("sound", () => {
    throw mistake;
  });
  listeners.on("sound", (sound) => log.push(sound));
  listeners.emit("sound", "bell");

  expect(log).toEqual(["bell"]);
  expect(uncaught).toEqual([mistake]);
});

test("who comes while an event is told hears the next one", () => {
  const { listeners } = heard();
  const log: string[] = [];
  const stop = listeners.on("sound", (sound) => {
    stop();
    listeners.on("sound", (later) => log.push(`${sound} then ${later}`));
  });
  listeners.emit("sound", "one");
  listeners.emit("sound", "two");

  expect(log).toEqual(["one then two"]);
});
