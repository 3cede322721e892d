/** A peer under measurement: its server on one core, its client on another. */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

let nextPort = 20_100 + (process.pid % 500) * 20;

/** One peer's two processes. */
export class Station {
  /** @param {string} name */
  static async open(name) {
    const port = String((nextPort += 1));
    const server = await start("server.mjs", [name, port], 0);
    const client = await start("client.mjs", [name, port], 1);
    return new Station(name, server, client);
  }

  constructor(name, server, client) {
    this.name = name;
    this.server = server;
    this.client = client;
  }

  /** What the server has used so far. */
  usage(asked = "usage") {
    return ask(this.server, asked);
  }

  /** One turn: its count, its time, and what it cost the server. */
  async turn(workload, ms) {
    const isMemory = workload.kind === "slow" || workload.kind === "idle";
    const clientBefore = isMemory ? (await ask(this.client, "rss")).rss : 0;
    if (isMemory) await this.usage("collect");
    const before = await this.usage(isMemory ? "watch" : "usage");
    const result = await ask(this.client, { workload, ms });
    if (result.failed !== undefined) throw new Error(`${this.name}: ${result.failed}`);
    const after = await this.usage(workload.kind === "idle" ? "collect" : "usage");
    const micros = after.micros - before.micros;
    return {
      perSecond: (result.count * 1_000) / result.ms,
      cpuMicros: result.count === 0 ? 0 : micros / result.count,
      p50: result.p50,
      count: result.count,
      // For "idle" what is held, for "slow" the peak.
      serverBytes: (workload.kind === "slow" ? after.most : after.rss) - before.rss,
      clientBytes: isMemory ? (result.rss ?? 0) - clientBefore : 0,
    };
  }

  close() {
    for (const child of [this.server, this.client]) child.kill("SIGKILL");
  }
}

function start(file, operands, core) {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const node = [process.execPath, "--expose-gc", ...extraFlags(file), path, ...operands];
  // Each on a core of its own, where there are two and the system can pin.
  const isPinned = process.platform === "linux" && availableParallelism() > 1;
  const [command, ...rest] = isPinned ? ["taskset", "-c", String(core), ...node] : node;
  const env = {
    ...process.env,
    ...(process.env.BUFFERUTIL === "1" ? {} : { WS_NO_BUFFER_UTIL: "1" }),
    WS_NO_UTF_8_VALIDATE: "1",
    NODE_ENV: "production",
  };
  const child = spawn(command, rest, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
    env,
    serialization: "advanced",
  });
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve(child));
    child.once("exit", (code) =>
      reject(new Error(`${file} ${operands.join(" ")} ended with ${code}`)),
    );
  });
}

function extraFlags(file) {
  const { PROFILE } = process.env;
  return PROFILE === undefined
    ? []
    : [
        "--cpu-prof",
        `--cpu-prof-dir=${PROFILE}`,
        `--cpu-prof-name=${file}-${Date.now()}.cpuprofile`,
      ];
}

function ask(child, message) {
  return new Promise((resolve, reject) => {
    const gone = (code) => reject(new Error(`a process ended with ${code}`));
    child.once("exit", gone);
    child.once("message", (answer) => {
      child.off("exit", gone);
      resolve(answer);
    });
    child.send(message);
  });
}
