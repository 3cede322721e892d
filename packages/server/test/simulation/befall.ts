/** Makes the upheavals of a run happen, each at a moment of its own. */
import type { Member, World } from "./program.ts";
import { releases } from "./releases.ts";
import { drainMs, type ServerFront } from "./server-front.ts";

/** How long everything befalls clients. */
export interface Stage extends World {
  readonly front: ServerFront;
  readonly members: readonly Member[];
  /** When clients make their calls, in milliseconds. */
  readonly programMs: number;
}

/** Plans all of them. */
export function befall(stage: Stage): void {
  const { front, members, random, upheavals, programMs } = stage;
  const soon = (): number => random() * programMs;
  const times = (most: number): unknown[] =>
    Array.from({ length: 1 + Math.floor(random() * most) });
  if (upheavals.releases === "rolling") later(stage, soon(), () => front.replace());
  if (upheavals.releases === "floors")
    for (const _ of times(3)) later(stage, soon(), () => move(stage));
  if (upheavals.crash)
    for (const _ of times(2)) later(stage, soon(), () => front.kill(random() * 3_000));
  if (upheavals.extra) {
    later(stage, soon(), () => front.withdraw(true, drainMs));
    if (random() < 0.5) later(stage, soon(), () => front.withdraw(false, drainMs));
  }
  if (upheavals.downloads) for (const _ of times(3)) later(stage, soon(), () => front.leave());
  for (const member of members) {
    if (upheavals.pages && random() < 0.3) later(stage, soon(), () => close(member, stage));
    if (upheavals.callers)
      for (const [index] of times(2).entries())
        later(stage, soon(), () => member.becomes(index + 1));
    // At once is not what nobody notices: only where credentials change anyway.
    const leastMs = upheavals.callers && random() < 0.5 ? 0 : 5_000;
    if (upheavals.doubts)
      later(stage, soon(), () => front.doubt(member.number, leastMs * (1 + random() * 2)));
  }
}

/** Lets clients that were told to move come back, as if somebody had reloaded their pages. */
export function startAgain(member: Member, { ledger }: Pick<World, "ledger">): void {
  if (!ledger.floors.isStale(member.number)) return;
  ledger.floors.startsAgain(member.number);
  member.client.connect().catch(() => undefined); // the books hear of it
}

/** Moves the floor up or down; some pages are reloaded a while later. */
function move(stage: Stage): void {
  const { front, members, random } = stage;
  const floor = releases[Math.floor(random() * releases.length)] ?? "1.0.0";
  front.setFloor(floor, random() * 20_000);
  for (const member of members)
    if (random() < 0.5) later(stage, random() * 10_000, () => startAgain(member, stage));
}

/** Its program closes a client, and goes on with it a little later. */
function close({ client, number }: Member, stage: Stage): void {
  stage.ledger.closed.add(number);
  void client.close();
  later(stage, stage.random() * 2_000, () => {
    if (client.state !== "closed") return;
    stage.ledger.floors.startsAgain(number);
    client.connect().catch(() => undefined); // the books hear of it
  });
}

function later({ clock }: Stage, ms: number, act: () => void): void {
  clock.wakeAt(clock.now() + ms, act);
}
