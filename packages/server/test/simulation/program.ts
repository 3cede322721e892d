/** What a simulated client does: random calls of every kind, and what it hears. */
import type { Client } from "@concordat/client";
import { ConcordatError } from "@concordat/core";
import type { FakeClock, SeededRandom } from "@concordat/testing";

import type { Planted } from "./defect.ts";
import type { Fate, Ledger } from "./ledger.ts";
import { NotificationLedger } from "./notification-ledger.ts";
import type { Contracts } from "./work.ts";

/** What programs run in. */
export interface World {
  readonly clock: FakeClock;
  readonly ledger: Ledger;
  readonly random: SeededRandom;
}

/** One client, with its number. */
export interface Member {
  readonly client: Client<Contracts>;
  readonly number: number;
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

/** Calls that have to go well: the network is. They fill every window several times. */
export async function probe(member: Member, { ledger }: World): Promise<void> {
  const { client, number } = member;
  const items = Array.from({ length: 80 }, (_, at) => at);
  const fate = ledger.begin("probe", number, items);
  await settleFate(fate, async () => {
    for (let last = 1; last <= 3; last += 1)
      await tell(member, number * 1_000 + 900 + last, ledger);
    for await (const item of client.work.echo(items)) fate.received.push(item);
  });
}

/** Writes down what the server tells. */
export function listen({ client, number }: Member, ledger: Ledger, planted: Planted): void {
  const lane = NotificationLedger.of(ledger.notifications.fromServers, number);
  client.work.news.on((message) =>
    planted.hear("server notifications", lane.heard, { message, session: undefined }),
  );
}

async function callOnce(member: Member, operand: number, world: World): Promise<void> {
  const { random, ledger } = world;
  const { work } = member.client;
  const kind = kinds[Math.floor(random() * kinds.length)] ?? "add";
  const length = Math.floor(random() * 40);
  const options = random() < 0.3 ? { timeoutMs: 1 + Math.floor(random() * 5_000) } : {};
  if (kind === "told") {
    const burst = Array.from({ length: 1 + (length % 5) }, (_, at) => operand + at);
    await Promise.all(burst.map((message) => tell(member, message, ledger, options)));
    return;
  }
  const items = Array.from({ length }, (_, at) => at);
  const total = items.reduce((sum, item) => sum + item, 0);
  const isUnary = kind === "add" || kind === "look";
  const expected = isUnary ? [operand + 1] : kind === "sum" ? [total] : items;
  const fate = ledger.begin(kind, member.number, expected, options);
  await settleFate(fate, async () => {
    if (isUnary) fate.received.push(await work[kind](operand, options));
    else if (kind === "sum") fate.received.push(await work.sum(items, options));
    else if (kind === "echo") await readAll(work.echo(items, options), fate, random);
    else await readAll(work[kind](length, options), fate, random);
  });
}

async function tell(
  { client, number }: Member,
  message: number,
  ledger: Ledger,
  options: { readonly timeoutMs?: number } = {},
): Promise<void> {
  const lane = NotificationLedger.of(ledger.notifications.fromClients, number);
  const fate = ledger.begin("told", number, []);
  await settleFate(fate, () => client.work.told(message, options));
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

async function readAll(
  stream: AsyncIterable<number>,
  fate: Fate,
  random: SeededRandom,
): Promise<void> {
  for await (const item of stream) {
    fate.received.push(item);
    if (random() > 0.01) continue;
    fate.outcome = "left";
    break;
  }
}

/** Waits, in real time. */
export function sleep(clock: FakeClock, ms: number): Promise<void> {
  return new Promise((wake) => void clock.wakeAt(clock.now() + ms, wake));
}
