/** One turn of a workload: as many calls as fit into the time, and what each took. */
import { small } from "../values.mjs";

/** Latencies beyond so many are not kept: the median of these says enough. */
const mostTimes = 20_000;

/** @param {import("../peer.mjs").Connection[]} connections */
export async function runCalls(connections, { procedure, inFlight, calls = Infinity }, value, ms) {
  const times = [];
  let count = 0;
  let begun = 0;
  const start = performance.now();
  const until = start + ms;
  const caller = async ({ call }) => {
    while (begun < calls && performance.now() < until) {
      begun += 1;
      const before = performance.now();
      await call(procedure, value);
      count += 1;
      if (times.length < mostTimes) times.push(performance.now() - before);
    }
  };
  await Promise.all(
    connections.flatMap((connection) => Array.from({ length: inFlight }, () => caller(connection))),
  );
  return { count, ms: performance.now() - start, times };
}

export async function runStream([connection], items, ms) {
  if (connection.stream === undefined) return { count: 0, ms };
  const start = performance.now();
  let count = 0;
  do {
    await connection.stream(items, () => undefined);
    count += items;
  } while (performance.now() - start < ms);
  return { count, ms: performance.now() - start };
}

/**
 * A consumer that takes an item each millisecond: what both processes hold meanwhile is what is measured.
 *
 * Where a framework hands items over without waiting, they queue in the consumer.
 */
export async function runSlowly(connection, items, ms) {
  if (connection.stream === undefined) return { count: 0, ms };
  const until = performance.now() + ms;
  let count = 0;
  let last = Promise.resolve();
  const take = async () => {
    await pause();
    count += 1;
  };
  const each = () => (last = last.then(take));
  void Promise.resolve(connection.stream(items, each)).catch(() => undefined);
  while (performance.now() < until) await pause();
  const taken = count;
  await connection.close();
  return { count: taken, ms };
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

/** Connections one after the other, each until its first answer. */
export async function connectOnce(open, { procedure }, value, ms) {
  const start = performance.now();
  const times = [];
  while (performance.now() - start < ms) {
    const before = performance.now();
    const connection = await open();
    await connection.call(procedure, value);
    times.push(performance.now() - before);
    await connection.close();
  }
  return { count: times.length, ms: performance.now() - start, times };
}

/** Opens connections and keeps them; the server's memory is asked for by the one who wanted them. */
export async function holdIdle(open, connections) {
  const start = performance.now();
  const held = [];
  const used = async () => {
    const connection = await open();
    await connection.call("small", small); // some dial at their first call
    return connection;
  };
  for (let index = 0; index < connections; index += 50)
    held.push(...(await Promise.all(Array.from({ length: 50 }, used))));
  return { count: held.length, ms: performance.now() - start };
}
