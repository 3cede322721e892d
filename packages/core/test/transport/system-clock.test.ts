/** The machine's clock, with the machine's timers replaced. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { systemClock } from "../../src/transport/system-clock.ts";

let start: number;

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 });
  start = systemClock.now();
});
afterEach(() => vi.useRealTimers());

test("it wakes when it was asked to, and not after it was called off", () => {
  const wake = vi.fn<() => void>();
  const never = vi.fn<() => void>();
  systemClock.wakeAt(start + 50, wake);
  const callOff = systemClock.wakeAt(start + 20, never);
  callOff();
  vi.advanceTimersByTime(49);
  expect(wake).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);

  expect(wake).toHaveBeenCalledOnce();
  expect(never).not.toHaveBeenCalled();
  expect(systemClock.now()).toBe(start + 50);
});

test("a time that has passed wakes at once, and one in a month does not", () => {
  const past = vi.fn<() => void>();
  const far = vi.fn<() => void>();
  systemClock.wakeAt(start - 5, past);
  systemClock.wakeAt(start + 40 * 24 * 3_600_000, far);
  vi.advanceTimersByTime(0);

  expect(past).toHaveBeenCalledOnce();
  expect(far).not.toHaveBeenCalled();
  // Timers overflow past 2^31 ms.
  vi.advanceTimersByTime(0x7fffffff);
  expect(far).not.toHaveBeenCalled();
  vi.advanceTimersByTime(40 * 24 * 3_600_000 - 0x7fffffff);
  expect(far).toHaveBeenCalledOnce();
});

test.each([
  ["set forward", 3_600_000, 3_600_000],
  ["set back by an hour", -3_600_000, 0],
  ["set back by years", -1_000_000_000_000, 0],
])("a wall clock that is %s", (_how, byMs, movesMs) => {
  const wake = vi.fn<() => void>();
  systemClock.wakeAt(start + 50, wake);
  vi.setSystemTime(Date.now() + byMs);
  expect(systemClock.now()).toBe(start + movesMs);
  vi.advanceTimersByTime(50);

  expect(systemClock.wall?.()).toBe(Date.now());
  // Nobody waits an hour longer because of it.
  expect(wake).toHaveBeenCalledOnce();
  expect(systemClock.now()).toBe(start + movesMs + 50);
});

test("a long wait ends within five minutes of its moment, also where the machine slept meanwhile", () => {
  const wake = vi.fn<() => void>();
  systemClock.wakeAt(start + 3 * 3_600_000, wake);
  vi.advanceTimersByTime(3_600_000);
  // Timers stand still in a machine that sleeps.
  vi.setSystemTime(Date.now() + 3 * 3_600_000);
  vi.advanceTimersByTime(300_000);

  expect(wake).toHaveBeenCalledOnce();
});

test("waits end where the wall clock stands still, as in a test that has replaced the date alone", () => {
  const soon = vi.fn<() => void>();
  const later = vi.fn<() => void>();
  const date = Date.now();
  systemClock.wakeAt(start + 50, soon);
  systemClock.wakeAt(start + 5_000, later);
  for (let passed = 0; passed < 200; passed += 1) {
    vi.advanceTimersByTime(1);
    vi.setSystemTime(date);
  }
  expect(soon).toHaveBeenCalledOnce();
  for (let passed = 0; passed < 5_000; passed += 1) {
    vi.advanceTimersByTime(1);
    vi.setSystemTime(date);
  }

  expect(later).toHaveBeenCalledOnce();
});
