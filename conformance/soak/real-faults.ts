/**
 * Real processes on a network that breaks: `npm run soak -- real-faults --calls 1000000 --cuts 500`.
 *
 * Clients in processes of their own call a server in another one, through a proxy that cuts connections at random
 * bytes, delays and trickles them, or swallows everything for a while. Processes are stopped for longer than the
 * keep-alive, and their wall clocks are set. Through all of that no call may fail. At the end the server is killed
 * now and then: calls may fail then, and still none may be executed twice or never end.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SeededRandom, seededRandom } from "@concordat/testing";

import { ChaosProxy } from "./part/chaos-proxy.ts";
import { Load, type LoadFigures, type LoadStart } from "./part/load.ts";
import { numbersFrom } from "./part/options.ts";
import { Child, runAs } from "./part/role.ts";
import { finish, progress, violated } from "./part/telling.ts";
import { setWallClock } from "./part/wall-clock.ts";
import { executionsIn, workServer } from "./part/work.ts";
import { pause } from "../pause.ts";

const soak = "real-faults";
/** The keep-alive gives up after two and a half of its intervals. */
const limits = { keepAliveMs: 1_000, handshakeMs: 2_000, graceMs: 60_000 };
const longerThanKeepAliveMs = 3_500;

interface ServerStart {
  readonly executions: string;
  readonly port: number;
}

/** How the run goes. */
interface Run {
  readonly seed: number;
  readonly random: SeededRandom;
  readonly proxy: ChaosProxy;
  readonly loads: readonly Child[];
  readonly startServer: () => Promise<Child>;
  server: Child;
  readonly counts: { stops: number; kills: number; clockJumps: number };
}

runAs(
  {
    server: async ({ executions, port }: ServerStart) => {
      const { server, books } = workServer(executions, limits);
      const taken = await server.listen(port, { host: "127.0.0.1" });
      return (question, value) => {
        if (question === "port") return taken;
        if (question === "clock") return setWallClock(Number(value));
        return { ...server.load, ...books };
      };
    },
    load: (start: LoadStart) => {
      const load = new Load(start);
      return (question, value) => {
        if (question === "clock") return setWallClock(Number(value));
        if (question === "stop") return load.stop();
        if (question === "may lose") return load.mayLose();
        return load.figures;
      };
    },
  },
  main,
);

async function main(): Promise<void> {
  const { calls, cuts, kills, clients, seed } = numbersFrom({
    calls: 1_000_000,
    cuts: 500,
    kills: 20,
    clients: 4,
  });
  const folder = mkdtempSync(join(tmpdir(), "concordat-books-"));
  const executions = join(folder, "executions");
  const startServer = (port: number): Promise<Child> =>
    Child.start("server", { executions, port } satisfies ServerStart);
  const server = await startServer(0);
  const port = await server.ask<number>("port");
  const proxy = new ChaosProxy(seed, () => port);
  const proxyPort = await proxy.listen();
  const loads = await Promise.all(
    Array.from({ length: clients }, (_, index) =>
      Child.start("load", {
        port: proxyPort,
        seed: seed + index,
        firstOperand: index * 100_000_000,
        callsAtOnce: 64,
        limits,
      } satisfies LoadStart),
    ),
  );
  const run: Run = {
    seed,
    random: seededRandom(seed),
    proxy,
    loads,
    startServer: () => startServer(port),
    server,
    counts: { stops: 0, kills: 0, clockJumps: 0 },
  };

  await breakThings(run, ({ done }) => done < calls || proxy.counts.cuts < cuts);
  await Promise.all(loads.map((load) => load.ask("may lose")));
  await killThings(run, kills);
  proxy.heal();
  await accounts(run, executions);
  rmSync(folder, { recursive: true });
}

/** Until there was enough of it: no call may fail from any of this. */
async function breakThings(
  run: Run,
  goesOn: (sum: { readonly done: number }) => boolean,
): Promise<void> {
  const { random, proxy, loads, counts } = run;
  for (let sum = await look(run); goesOn(sum); sum = await look(run)) {
    await pause(random() * 800);
    const choice = random();
    const victim = loads[Math.floor(random() * loads.length)] ?? run.server;
    if (choice < 0.1) proxy.blackhole(longerThanKeepAliveMs * (0.2 + random()));
    else if (choice < 0.15) await stopFor(choice < 0.13 ? victim : run.server, counts);
    else if (choice < 0.3) {
      counts.clockJumps += 1;
      const jumpMs = (random() - 0.5) * 2 * (random() < 0.5 ? 3_600_000 : 86_400_000);
      await (random() < 0.5 ? run.server : victim).ask("clock", jumpMs);
    } else if (choice < 0.35) proxy.cutAll();
  }
}

/** The server dies, and another one takes its place. */
async function killThings(run: Run, kills: number): Promise<void> {
  const { random, counts } = run;
  while (counts.kills < kills) {
    await pause(random() * 1_000);
    counts.kills += 1;
    await run.server.kill();
    await pause(random() * 500);
    run.server = await run.startServer();
    await look(run);
  }
}

async function stopFor(child: Child, counts: Run["counts"]): Promise<void> {
  counts.stops += 1;
  child.process.kill("SIGSTOP");
  await pause(longerThanKeepAliveMs);
  child.process.kill("SIGCONT");
}

/** What all clients have done, and whether one of them has seen a broken promise. */
async function look(run: Run): Promise<LoadFigures & { readonly done: number }> {
  const { loads, proxy, seed, counts } = run;
  const all = await Promise.all(loads.map((load) => load.ask<LoadFigures>("figures")));
  const outcomes: Record<string, number> = {};
  for (const each of all) {
    if (each.violation !== undefined) violated(soak, seed, each.violation);
    for (const [outcome, count] of Object.entries(each.outcomes))
      outcomes[outcome] = (outcomes[outcome] ?? 0) + count;
  }
  if (!run.server.isAlive) violated(soak, seed, "the server's process has ended");
  const calls = all.reduce((sum, each) => sum + each.calls, 0);
  const items = all.reduce((sum, each) => sum + each.items, 0);
  const losses = all.reduce((sum, each) => sum + each.losses, 0);
  progress(
    () =>
      `${calls + items} calls and items, ${proxy.counts.cuts} cuts, ${JSON.stringify({ ...counts, ...outcomes })}`,
  );
  return { calls, items, losses, outcomes, violation: undefined, done: calls + items };
}

/** Lets every call end, compares what was answered with what was executed, and looks for what was left behind. */
async function accounts(run: Run, executions: string): Promise<void> {
  const { loads, proxy, seed, counts } = run;
  const hanging = setTimeout(
    () => violated(soak, seed, "a call has not ended a minute after the network was mended"),
    60_000,
  );
  const answered = await Promise.all(loads.map((load) => load.ask<readonly number[]>("stop")));
  clearTimeout(hanging);
  const { calls, items, losses, outcomes } = await look(run);
  const times = executionsIn(executions);
  for (const [operand, count] of times)
    if (count > 1) violated(soak, seed, `add ${operand} was executed ${count} times`);
  for (const operand of answered.flat())
    if (!times.has(operand)) violated(soak, seed, `add ${operand} was answered and never executed`);
  await pause(500);
  const {
    connections,
    calls: open,
    begun,
    ended,
  } = await run.server.ask<Record<string, number>>("load");
  if (connections !== 0 || open !== 0 || begun !== ended)
    violated(soak, seed, `left behind: ${JSON.stringify({ connections, open, begun, ended })}`);
  proxy.close();
  finish(soak, {
    "calls and items": calls + items,
    cuts: proxy.counts.cuts,
    "lost connections": losses,
    SIGKILLs: counts.kills,
    SIGSTOPs: counts.stops,
    "clock jumps": counts.clockJumps,
    "trickled connections": proxy.counts.trickled,
    "delayed ones": proxy.counts.delayed,
    blackholes: proxy.counts.blackholes,
    calls: Object.entries(outcomes)
      .map(([outcome, count]) => `${count} ${outcome}`)
      .join(" and "),
    "lost, twice or hanging": 0,
    seed,
  });
}
