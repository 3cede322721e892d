/** A contender under measurement: its server on one core, its client on another. */
import { fileURLToPath } from "node:url";
import { Child } from "./child.mjs";
import { freePort } from "./free-port.mjs";
import { Tap } from "./tap.mjs";

/** The programs of the two processes; the guard brings its own. */
const programs = {
  server: fileURLToPath(new URL("server.mjs", import.meta.url)),
  client: fileURLToPath(new URL("client.mjs", import.meta.url)),
};

/** One contender's two processes. */
export class Station {
  /**
   * @param {import("../contender.mjs").Contender} contender
   * @param {{ isNative?: boolean, isMemory?: boolean, isTapped?: boolean, lineMs?: number, files?: typeof programs }} [how]
   */
  static async open(contender, how = {}) {
    const {
      isNative = false,
      isMemory = false,
      isTapped = false,
      lineMs = 0,
      files = programs,
    } = how;
    const port = await freePort();
    const operands = (at) => [contender.peer, String(at), JSON.stringify(contender.setting)];
    const server = await Child.start(files.server, operands(port), { core: 0, isNative, isMemory });
    const tap = isTapped ? await Tap.before(port, lineMs) : undefined;
    const dialled = operands(tap?.port ?? port);
    const client = await Child.start(files.client, dialled, { core: 1, isNative, isMemory });
    return new Station(contender, server, client, tap);
  }

  constructor(contender, server, client, tap) {
    this.contender = contender;
    this.server = server;
    this.client = client;
    this.tap = tap;
  }

  /** One turn: its count, its time, and what it cost the server. */
  async turn(asked, ms) {
    const workload = { ...asked, procedure: this.contender.procedure ?? asked.value };
    if (workload.isMemory) await this.server.ask("collect");
    const before = await this.server.ask(workload.isMemory ? "watch" : "usage");
    const { up = 0, down = 0 } = this.tap ?? {};
    const result = await this.client.ask({ workload, ms });
    const after = await this.server.ask(workload.kind === "idle" ? "collect" : "usage");
    const { count } = result;
    const perCall = (sum) => (count === 0 ? 0 : sum / count);
    return {
      count,
      perSecond: (count * 1_000) / result.ms,
      cpuMicros: perCall(after.micros - before.micros),
      p50: result.p50,
      // For connections what is held, for streams the peak.
      serverBytes: (workload.kind === "idle" ? after.rss : after.most) - before.rss,
      clientBytes: result.grown,
      ahead: after.made - before.made - count,
      up: perCall((this.tap?.up ?? 0) - up),
      down: perCall((this.tap?.down ?? 0) - down),
    };
  }

  close() {
    for (const child of [this.server, this.client]) child.end();
    this.tap?.close();
  }
}
