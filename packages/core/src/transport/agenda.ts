/** The wake-ups of many on one clock: ten thousand connections that wait cost one timer, and a place in a row each. */
import type { Alarm, Sleeper } from "./alarm.ts";
import type { Clock } from "./clock.ts";

/** A heap by time. It holds those who wait themselves, so that each costs eight bytes. */
export class Agenda implements Alarm {
  readonly #clock: Clock;
  readonly #sleepers: Sleeper[] = [];
  /** When the timer goes off. Earlier than needed costs one look. */
  #timerAt = Infinity;
  #callOff: (() => void) | undefined;
  #isWaking = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How many wait. */
  get size(): number {
    return this.#sleepers.length;
  }

  set(sleeper: Sleeper, at: number): void {
    const isWaiting = this.#sleepers[sleeper.place] === sleeper;
    sleeper.dueAt = at;
    if (at === Infinity) {
      if (isWaiting) this.#remove(sleeper);
    } else {
      if (!isWaiting) this.#put(sleeper, this.#sleepers.length);
      this.#order(sleeper);
    }
    this.#schedule();
  }

  #schedule(): void {
    const at = this.#sleepers[0]?.dueAt ?? Infinity;
    const isEarlyEnough = at >= this.#timerAt && at < Infinity;
    if (this.#isWaking || isEarlyEnough) return;
    this.#callOff?.();
    this.#callOff = undefined;
    this.#timerAt = at;
    if (at < Infinity) this.#callOff = this.#clock.wakeAt(at, () => this.#wake());
  }

  #wake(): void {
    this.#timerAt = Infinity;
    this.#callOff = undefined;
    this.#isWaking = true;
    const now = this.#clock.now();
    const due = this.#takeDue(now);
    // One before it may have set it anew, or have ended it.
    const isStillDue = ({ place, dueAt }: Sleeper): boolean => place < 0 && dueAt <= now;
    let woken = 0;
    try {
      for (const sleeper of due) {
        woken += 1;
        if (!isStillDue(sleeper)) continue;
        sleeper.dueAt = Infinity;
        sleeper.wake();
      }
    } finally {
      // One that throws is the clock's to report, and does not take along those behind it.
      for (const sleeper of due.slice(woken))
        if (isStillDue(sleeper)) this.set(sleeper, sleeper.dueAt);
      this.#isWaking = false;
      this.#schedule();
    }
  }

  #takeDue(now: number): readonly Sleeper[] {
    const due: Sleeper[] = [];
    for (
      let [first] = this.#sleepers;
      first !== undefined && first.dueAt <= now;
      [first] = this.#sleepers
    ) {
      this.#remove(first);
      due.push(first);
    }
    return due;
  }

  #remove(sleeper: Sleeper): void {
    const last = this.#sleepers.pop();
    if (last !== undefined && last !== sleeper) {
      this.#put(last, sleeper.place);
      this.#order(last);
    }
    sleeper.place = -1;
  }

  /** Moves one up or down until nobody before it is later. */
  #order(sleeper: Sleeper): void {
    for (let parent = this.#over(sleeper); parent !== undefined; parent = this.#over(sleeper))
      this.#swap(parent, sleeper);
    for (let child = this.#under(sleeper); child !== undefined; child = this.#under(sleeper))
      this.#swap(sleeper, child);
  }

  /** The one above it, where that is later. */
  #over({ place, dueAt }: Sleeper): Sleeper | undefined {
    if (place === 0) return undefined;
    const parent = this.#sleepers[(place - 1) >> 1];
    return parent !== undefined && parent.dueAt > dueAt ? parent : undefined;
  }

  /** The earlier of the two below it, where that is earlier. */
  #under({ place, dueAt }: Sleeper): Sleeper | undefined {
    const left = this.#sleepers[place * 2 + 1];
    const right = this.#sleepers[place * 2 + 2];
    const first =
      right !== undefined && left !== undefined && right.dueAt < left.dueAt ? right : left;
    return first !== undefined && first.dueAt < dueAt ? first : undefined;
  }

  #swap(upper: Sleeper, lower: Sleeper): void {
    const { place } = upper;
    this.#put(upper, lower.place);
    this.#put(lower, place);
  }

  #put(sleeper: Sleeper, place: number): void {
    this.#sleepers[place] = sleeper;
    sleeper.place = place;
  }
}
