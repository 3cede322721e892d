/** The clients of one run. */
import { createClient, optional } from "@concordat/client";
import type { FakeClock, SeededRandom, SimulatedNetwork } from "@concordat/testing";

import type { Planted } from "./defect.ts";
import type { JumpingClock } from "./jumping-clock.ts";
import type { Ledger } from "./ledger.ts";
import { type Member, sleep } from "./program.ts";
import { type Release, stubOf, writtenIn } from "./releases.ts";
import type { Upheavals } from "./upheavals.ts";
import { type Contracts, extra, smallLimits, work } from "./work.ts";

/** What a client is made with. */
export interface MemberParts {
  /** The clock of its machine. */
  readonly clock: JumpingClock;
  /** The time of the run. */
  readonly time: FakeClock;
  readonly network: SimulatedNetwork;
  readonly random: SeededRandom;
  readonly ledger: Ledger;
  readonly upheavals: Upheavals;
  /** Whether nothing goes wrong by chance any more. */
  readonly isWell: () => boolean;
  /** What goes wrong on purpose. */
  readonly planted: Planted;
}

/** A client of no release writes numbers as they are. */
function same(number: number): number {
  return number;
}

/** Which releases clients offer, newest first. */
const offers: Readonly<
  Record<Upheavals["releases"], readonly (readonly [Release, ...Release[]])[]>
> = {
  none: [],
  floors: [["1.0.0"], ["2.0.0"], ["3.0.0"]],
  rolling: [["1.0.0"], ["2.0.0"], ["3.0.0", "2.0.0"], ["3.0.0"]],
};

/** Makes a client, and lets the books hear of it. */
export function memberOf(number: number, parts: MemberParts): Member {
  const { clock, time, network, random, ledger, upheavals, isWell, planted } = parts;
  const { floors } = ledger;
  // As often as it takes: a call that may be made again goes well in the end.
  const again = { retry: { attempts: 100, firstMs: 200, capMs: 5_000 } };
  /** As whom it shows itself. */
  let caller = number;
  const getSlowly = async (): Promise<number> => {
    await sleep(time, random() * 300);
    if (!isWell() && random() < 0.05) throw new Error("The keys are lost.");
    return caller;
  };
  const options = {
    WebSocket: network.WebSocket,
    credentials: upheavals.wary ? getSlowly : () => caller,
    calls: { "work/look": again, "work/follow": again },
    clock,
    random,
    limits: smallLimits,
    whenDisconnected: upheavals.haste && random() < 0.3 ? "fail" : "wait",
  } as const;
  const offered = offers[upheavals.releases];
  const spoken = offered.length > 0 ? offered[Math.floor(random() * offered.length)] : undefined;
  const contracts: Contracts = { work: spoken === undefined ? work : stubOf(...spoken) };
  const url = (): string => {
    floors.dials(number);
    return "ws://simulated";
  };
  const whole = upheavals.extra
    ? createClient({ ...options, url, contracts: { ...contracts, extra: optional(extra) } })
    : undefined;
  const client = whole ?? createClient<Contracts>({ ...options, url, contracts });
  const release = spoken?.[0];
  if (release !== undefined) floors.joins(number, release);
  client.on("upgradeRequired", () => {
    floors.hears(number);
    if (planted.does("refusals", "repeat")) floors.hears(number);
    if (planted.does("refusals", "ignore")) client.connect().catch(() => undefined);
  });
  client.on("state", (state) => {
    if (state === "refused") ledger.refused.add(number);
  });
  return {
    number,
    client,
    written: release === undefined ? same : (each) => writtenIn(release, each),
    becomes(another) {
      caller = number + another / 10;
      client.credentialsChanged();
    },
    ...(whole !== undefined && { extra: whole.extra.add }),
  };
}
