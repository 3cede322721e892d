/** What a simulated client does: random calls of every kind, and what it hears. */
import type { CallOptions, Client } from "@concordat/client";
import { ConcordatError } from "@concordat/core";
import type { FakeClock, SeededRandom } from "@concordat/testing";

import type { Planted } from "./defect.ts";
import type { Fate, Hurry, Ledger } from "./ledger.ts";
import { NotificationLedger } from "./notification-ledger.ts";
import type { Upheavals } from "./upheavals.ts";
import type { Contracts } from "./work.ts";

/** What programs run in. */
export interface World {
  readonly clock: FakeClock;
  readonly ledger: Ledger;
  readonly random: SeededRandom;
  readonly upheavals: Upheavals;
}

/** One client, with its number. */
export interface Member {
  readonly client: Client<Contracts>;
  readonly number: number;
  /** A number as its release writes it, and the other way round. */
  readonly written: (number: number) => number;
  /** From now on its credentials are those of another caller. */
  readonly becomes: (another: number) => void;
  /** What it can do without. Default: it does. */
  readonly extra?: (operand: number, options: CallOptions) => Promise<number>;
}

const kinds = ["add", "count", "sum", "echo", "look", "follow", "told"] as const;

/** Makes so many calls, and settles when all of them have ended. */
export async function callMany(member: Member, count: number, world: World): Promise<void> {
  const calls: Promise<void>[] = [];
  for (let number = 0; number < count; number += 1) {
    calls.push(callOnce(member, member.number * 1_000 + number * 10, world));
    if (world.random() < 0.5) await sleep(world.clock, world.random() * 2_000);
  }
  await Promise.all(calls);
}

/** Calls that have to go well: the network is. They fill every window several times. Or to fail, where nobody serves them. */
export async function probe(
  member: Member,
  { ledger }: Pick<World, "ledger">,
  first: number,
): Promise<void> {
  const { client, number, written } = member;
  const items = Array.from({ length: 80 }, (_, at) => at);
  const fate = ledger.begin(ledger.floors.isOut(number) ? "stale" : "probe", number, items);
  await settleFate(fate, async () => {
    if (fate.kind === "probe")
      for (let last = 1; last <= 3; last += 1)
        await tell(member, number * 1_000 + first + last, ledger);
    for await (const item of client.work.echo(items.map(written)))
      fate.received.push(written(item));
  });
}

/** Writes down what the server tells. */
export function listen(
  { client, number, written }: Member,
  ledger: Ledger,
  planted: Planted,
): void {
  const lane = NotificationLedger.of(ledger.notifications.fromServers, number);
  client.work.news.on((message) =>
    planted.hear("server notifications", lane.heard, {
      message: written(message),
      session: undefined,
    }),
  );
}

async function callOnce(member: Member, operand: number, world: World): Promise<void> {
  const { random, ledger, upheavals } = world;
  const { written, client } = member;
  const { work } = client;
  const kind = kinds[Math.floor(random() * kinds.length)] ?? "add";
  const length = Math.floor(random() * (upheavals.slow ? 80 : 40));
  const deadline = random() < 0.3 ? { timeoutMs: 1 + Math.floor(random() * 5_000) } : {};
  const options = upheavals.haste ? { ...deadline, ...hurried(world) } : deadline;
  if (member.extra !== undefined && random() < 0.3) return callExtra(member, operand + 5, world);
  if (kind === "told") {
    const most = upheavals.bursts ? 10 : 5;
    const burst = Array.from({ length: 1 + (length % most) }, (_, at) => operand + at);
    await Promise.all(burst.map((message) => tell(member, message, ledger, options)));
    return undefined;
  }
  const items = Array.from({ length }, (_, at) => at);
  const total = items.reduce((sum, item) => sum + item, 0);
  const isUnary = kind === "add" || kind === "look";
  const expected = isUnary ? [operand + 1] : kind === "sum" ? [total] : items;
  const fate = ledger.begin(kind, member.number, expected, options);
  const hear = (item: number): void => void fate.received.push(written(item));
  await settleFate(fate, async () => {
    if (isUnary) hear(await work[kind](written(operand), options));
    else if (kind === "sum") hear(await work.sum(items.map(written), options));
    else if (kind === "echo")
      await readAll(work.echo(items.map(written), options), { fate, hear, world });
    else await readAll(work[kind](written(length), options), { fate, hear, world });
  });
  return undefined;
}

/** A signal that gives a call up after some time, perhaps when it is long over. */
function hurried({ clock, random }: World): { readonly signal?: AbortSignal } {
  if (random() < 0.5) return {};
  const controller = new AbortController();
  clock.wakeAt(clock.now() + random() * 3_000, () => controller.abort());
  return { signal: controller.signal };
}

async function callExtra(
  { number, extra }: Member,
  operand: number,
  { ledger }: World,
): Promise<void> {
  const fate = ledger.begin("extra", number, [operand + 1]);
  await settleFate(fate, async () => {
    if (extra !== undefined) fate.received.push(await extra(operand, {}));
  });
}

async function tell(
  { client, number, written }: Member,
  message: number,
  ledger: Ledger,
  options: Hurry = {},
): Promise<void> {
  const lane = NotificationLedger.of(ledger.notifications.fromClients, number);
  const fate = ledger.begin("told", number, [], options);
  await settleFate(fate, () => client.work.told(written(message), options));
  if (fate.outcome === "ok") lane.sent.push({ message, session: undefined });
  else lane.refused.add(message);
}

async function settleFate(fate: Fate, run: () => Promise<void>): Promise<void> {
  try {
    await run();
    if (fate.outcome === "open") fate.outcome = "ok";
  } catch (error) {
    if (error instanceof ConcordatError) fate.error = error;
    fate.outcome = error instanceof ConcordatError ? error.code : `thrown ${String(error)}`;
  }
}

interface Reading {
  readonly fate: Fate;
  readonly hear: (item: number) => void;
  readonly world: World;
}

async function readAll(stream: AsyncIterable<number>, reading: Reading): Promise<void> {
  const { fate, hear, world } = reading;
  const { clock, random, upheavals } = world;
  for await (const item of stream) {
    hear(item);
    if (upheavals.slow && random() < 0.3) await sleep(clock, random() * 500);
    if (random() > 0.01) continue;
    fate.outcome = "left";
    break;
  }
}

/** Waits, in real time. */
export function sleep(clock: FakeClock, ms: number): Promise<void> {
  return new Promise((wake) => void clock.wakeAt(clock.now() + ms, wake));
}
