/** A process of a station, on a core of its own: one question at a time, by messages. */
import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

const installed = fileURLToPath(new URL("../../node_modules", import.meta.url));

/**
 * What a process of an application's size has after a while, for everybody alike. A process of a few megabytes collects
 * everything whenever 32 MB of bytes have come, or never does, by how many scavenges its start took; which of the two
 * says nothing about a peer, and was half of what a megabyte of bytes cost.
 */
const grownHeap = "--initial-old-space-size=64";

export class Child {
  #process;

  /**
   * @param {string} file
   * @param {readonly string[]} operands
   * @param {{ core: number, isNative: boolean, isMemory: boolean }} where Where memory is looked at, nothing is collected later than it would be.
   */
  static async start(file, operands, { core, isNative, isMemory }) {
    const flags = ["--expose-gc", ...(isMemory ? [] : [grownHeap]), ...profileFlags(file)];
    const node = [process.execPath, ...flags, file, ...operands];
    // Each on a core of its own, where there are two and the system can pin.
    const isPinned = process.platform === "linux" && availableParallelism() > 1;
    const [command, ...rest] = isPinned ? ["taskset", "-c", String(core), ...node] : node;
    const { WS_NO_BUFFER_UTIL: _unset, ...inherited } = process.env;
    const env = {
      ...inherited,
      // The server's own `ws` is not a neighbour of this package's, and finds `bufferutil` by the path only.
      ...(isNative ? { NODE_PATH: installed } : { WS_NO_BUFFER_UTIL: "1" }),
      WS_NO_UTF_8_VALIDATE: "1",
      NODE_ENV: "production",
    };
    const child = spawn(command, rest, {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      env,
      serialization: "advanced",
    });
    const started = new Child(child, `${basename(file)} ${operands.join(" ")}`);
    await started.#answer();
    return started;
  }

  constructor(child, name) {
    this.#process = child;
    this.name = name;
  }

  ask(message) {
    this.#process.send(message);
    return this.#answer();
  }

  #answer() {
    const child = this.#process;
    return new Promise((resolve, reject) => {
      const gone = (code, signal) =>
        reject(new Error(`the process ${this.name} ended with ${code ?? signal}`));
      child.once("exit", gone);
      child.once("message", (answer) => {
        child.off("exit", gone);
        if (answer.failed === undefined) resolve(answer);
        else reject(new Error(`${this.name}: ${answer.failed}`));
      });
    });
  }

  end() {
    // One that is profiled has something to write when it goes.
    if (process.env.PROFILE === undefined) this.#process.kill("SIGKILL");
    else this.#process.disconnect();
  }
}

/** `PROFILE=folder` leaves a CPU profile of every process there. */
function profileFlags(file) {
  const { PROFILE } = process.env;
  if (PROFILE === undefined) return [];
  const name = `${basename(file)}-${Date.now()}.cpuprofile`;
  return ["--cpu-prof", `--cpu-prof-dir=${PROFILE}`, `--cpu-prof-name=${name}`];
}
