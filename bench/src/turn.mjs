/** One turn of a workload: as many calls as fit into the time, and what each took. */
import { small, values } from "./values.mjs";

/** Items in one stream; a turn makes as many streams as fit. */
const itemsPerStream = 100_000;

/** @param {import("./peer.mjs").Connection[]} connections */
export async function runCalls(connections, { value: name, inFlight }, ms) {
  const value = values[name];
  const until = performance.now() + ms;
  const times = [];
  let calls = 0;
  const start = performance.now();
  const caller = async ({ call }) => {
    while (performance.now() < until) {
      const before = performance.now();
      await call(name, value);
      calls += 1;
      if (times.length < 20_000) times.push(performance.now() - before);
    }
  };
  await Promise.all(
    connections.flatMap((connection) => Array.from({ length: inFlight }, () => caller(connection))),
  );
  return { count: calls, ms: performance.now() - start, p50: median(times) };
}

export async function runStream([connection], ms) {
  if (connection.stream === undefined) return { count: 0, ms, p50: 0 };
  const start = performance.now();
  let count = 0;
  do {
    await connection.stream(itemsPerStream, () => undefined);
    count += itemsPerStream;
  } while (performance.now() - start < ms);
  return { count, ms: performance.now() - start, p50: 0 };
}

/** A consumer that takes its time: what everybody holds meanwhile is what is measured. */
export async function runSlowly([connection], ms) {
  if (connection.stream === undefined) return { count: 0, ms, p50: 0 };
  const until = performance.now() + ms;
  let count = 0;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 1));
  const each = () => {
    count += 1;
    return pause();
  };
  void Promise.resolve(connection.stream(itemsPerStream, each)).catch(() => undefined);
  let rss = 0;
  while (performance.now() < until) {
    await pause();
    rss = Math.max(rss, process.memoryUsage.rss());
  }
  await connection.close();
  return { count, ms, p50: 0, rss };
}

export async function connectOnce(open, ms) {
  const start = performance.now();
  const times = [];
  while (performance.now() - start < ms) {
    const before = performance.now();
    const connection = await open();
    await connection.call("small", small);
    times.push(performance.now() - before);
    await connection.close();
  }
  return { count: times.length, ms: performance.now() - start, p50: median(times) };
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
  return { count: held.length, ms: performance.now() - start, p50: 0 };
}

function median(numbers) {
  return numbers.toSorted((one, other) => one - other)[numbers.length >> 1] ?? 0;
}
