/** One run of clients and servers on a bad network, repeatable from its seed. */
import {
  FakeClock,
  type NetworkWeather,
  type SeededRandom,
  seededRandom,
  SimulatedNetwork,
} from "@concordat/testing";

import { befall, startAgain } from "./befall.ts";
import { type Defect, Planted } from "./defect.ts";
import { JumpingClock } from "./jumping-clock.ts";
import { Ledger } from "./ledger.ts";
import { memberOf } from "./members.ts";
import { callMany, listen, probe, sleep, type World } from "./program.ts";
import type { Circumstances } from "./notification-ledger.ts";
import { ServerFront } from "./server-front.ts";
import { SessionWitness } from "./session-witness.ts";
import { hasPairs, none, type Upheavals, upheavalsOf } from "./upheavals.ts";
import type { ServedWorld } from "./work-server.ts";

/** How one run went. */
export interface Run {
  readonly violations: readonly string[];
  readonly summary: string;
  readonly cuts: number;
  readonly calls: number;
  readonly drains: number;
}

/** What is not left to chance. */
export interface RunOptions {
  /** How many calls each client makes. Default 10. */
  readonly callsPerClient?: number;
  /** A good network with one client, whose first connection is cut at this byte. Default: a bad one. */
  readonly cutAt?: number;
  /** What goes wrong on purpose. Default: nothing. */
  readonly defect?: Defect;
  /** What befalls it. Default: what the seed says; where a connection is cut, nothing. */
  readonly upheavals?: Upheavals;
}

/** When clients make their calls, in milliseconds. */
const programMs = 20_000;

/** Runs clients and servers on the network that the seed makes, heals it, and looks at what happened. */
export async function simulate(seed: number, options: RunOptions = {}): Promise<Run> {
  const { callsPerClient = 10, cutAt } = options;
  const random = seededRandom(seed);
  const clock = new FakeClock(1_000_000, () => new Promise(setImmediate));
  const ledger = new Ledger(clock);
  const upheavals = options.upheavals ?? (cutAt === undefined ? upheavalsOf(seed) : none);
  const world: World = { clock, ledger, random, upheavals };
  const isCalm = cutAt === undefined && random() < 0.2;
  const serverClock = new JumpingClock(clock);
  let isPunctual = true;
  let isWell = false;
  const planted = new Planted(options.defect);
  const served: ServedWorld = {
    ...world,
    planted,
    clock: serverClock,
    witness: new SessionWitness(ledger.seen),
    ends: new Map(),
    running: { count: 0 },
    isWell: () => isWell,
    // Who is far away does not get fresh ones in time.
    credentialsMs: upheavals.far || random() < 0.5 ? Infinity : 10_000 + random() * 50_000,
    isPunctual: () => isPunctual,
    pause: () => sleep(clock, random() * 300),
  };
  const front = new ServerFront(served);
  const network = new SimulatedNetwork({
    clock,
    random,
    weather: cutAt === undefined ? weatherFrom(random, isCalm, upheavals) : cutOnce(cutAt),
    accept: (transport) => front.accept(transport),
  });
  const count = cutAt === undefined ? 1 + Math.floor(random() * 3) : 1;
  const clocks = [serverClock];
  const members = Array.from({ length: count }, (_, number) => {
    const own = new JumpingClock(clock);
    clocks.push(own);
    return memberOf(number, { ...served, clock: own, time: clock, network });
  });
  const listening = members.filter(() => random() < 0.6);
  for (const member of listening) listen(member, ledger, planted);
  const callers = members.map((member) => callMany(member, callsPerClient, world));
  for (let at = random() * 2_000; at < programMs; at += random() * 4_000) {
    const member = listening[Math.floor(random() * count)];
    if (member !== undefined) clock.wakeAt(clock.now() + at, () => front.tell(member.number));
  }
  if (cutAt === undefined && random() < 0.4)
    clock.wakeAt(clock.now() + random() * programMs, () => front.replace());
  befall({ ...world, front, members, programMs });
  if (cutAt === undefined && !isCalm) isPunctual = !jumpNowAndThen(clocks, clock, random);

  await clock.advance(programMs);
  if (!isCalm && random() < 0.2) {
    isPunctual = false;
    await clock.sleep(120_000); // everybody's machine sleeps, and wakes late
  }
  network.heal();
  isWell = true;
  for (const { client } of members) client.credentialsChanged(); // whoever was refused has others now
  await clock.advance(10_000);
  // One that was not refused yet may have been: its server's clock had been set forward, and the close was under way.
  for (const { client } of members) if (client.state === "refused") client.credentialsChanged();
  await clock.advance(190_000);
  // Whatever credit was lost on the way is missing now: a window that has shrunk by half lets no more through.
  const probes = members.map((member) => probe(member, world, 900));
  for (const { number } of listening) front.tell(number);
  await clock.advance(upheavals.bursts ? 120_000 : 60_000);
  const stale = members.filter(({ number }) => ledger.floors.isOut(number));
  for (const { number, client } of stale)
    if (client.state !== "refused")
      ledger.seen.push(`client ${number} is ${client.state}, and below the floor`);
  if (stale.length > 0) {
    front.setFloor("1.0.0", 0);
    for (const member of stale) startAgain(member, world);
    probes.push(...stale.map((member) => probe(member, world, 950)));
    await clock.advance(60_000);
  }
  const violations = [
    ...ledger.violations(
      circumstancesOf({ isCalm, isPunctual, wasDrained: front.drains > 0, upheavals }),
    ),
  ];
  const dialled = network.counts.connections;
  if (isCalm && upheavals === none && front.drains === 0 && dialled > count)
    violations.push(`${count} clients made ${dialled} connections in good weather`);
  await Promise.all([...callers, ...probes, ...members.map(({ client }) => client.close())]);
  violations.push(...(await front.close(clock)));
  if (clock.waiting > 0) violations.push(`${clock.waiting} timers are left after the end`);
  return {
    violations,
    summary: ledger.summary(),
    cuts: network.counts.cuts,
    calls: ledger.fates.length,
    drains: front.drains,
  };
}

/** What upheavals do to clients, as the weather would. */
function circumstancesOf(circumstances: Circumstances): Circumstances {
  const { upheavals } = circumstances;
  const { releases, crash, callers, doubts, pages, downloads, wary, tight, far, bursts } =
    upheavals;
  const wasDrained = circumstances.wasDrained || hasPairs(upheavals);
  // Who was drained is lost with its old connection, and stays there for one second more: it misses what takes longer. In
  // these windows each notification takes a journey of its own.
  const isCut =
    (downloads && tight) || ((far || bursts || downloads) && (wasDrained || (far && bursts)));
  // Shown again after six tenths of their time at the earliest: too late where a message is under way for two seconds of five.
  const isLate = doubts && far;
  const isMoved = releases === "floors" || crash || callers || pages || wary || isCut || isLate;
  return { ...circumstances, wasDrained, isCalm: circumstances.isCalm && !isMoved };
}

function weatherFrom(random: SeededRandom, isCalm: boolean, { far }: Upheavals): NetworkWeather {
  const latencyMs = random() * (far ? 2_000 : 200);
  if (isCalm) return { latencyMs, refuses: 0, cuts: 0, halfOpen: 0 };
  return {
    latencyMs,
    refuses: random() * 0.4,
    cuts: random() * 0.15,
    halfOpen: random() * 0.5,
    // Small ones fall into the handshake, at any of its bytes.
    ...(random() < 0.5 && { cutAfterBytes: () => Math.floor(random() * 3_000) }),
  };
}

function cutOnce(at: number): NetworkWeather {
  let next = at;
  const cutAfterBytes = (): number => {
    const bytes = next;
    next = Infinity;
    return bytes;
  };
  return { latencyMs: 20, refuses: 0, cuts: 0, halfOpen: 0, cutAfterBytes };
}

/** One of the machines has its clock set forward, or was suspended by its host. Returns whether that is so. */
function jumpNowAndThen(
  clocks: readonly JumpingClock[],
  time: FakeClock,
  random: SeededRandom,
): boolean {
  if (random() < 0.5) return false;
  for (let jumps = 1 + Math.floor(random() * 3); jumps > 0; jumps -= 1) {
    const machine = clocks[Math.floor(random() * clocks.length)];
    const ms = random() * (random() < 0.5 ? 100_000 : 86_400_000);
    time.wakeAt(time.now() + random() * programMs, () => machine?.jump(Math.floor(ms)));
  }
  return true;
}
