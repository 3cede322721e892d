/** The story's processes. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";

import type { ServerOrder, ServerReady } from "./messages.ts";

/** A server that runs. */
export interface RunningServer {
  readonly port: number;
  /** Asks its clients to leave, and ends. Settles when the process is gone. */
  drain(order: ServerOrder): Promise<void>;
  /** Ends it without a word. */
  kill(): Promise<void>;
}

/** Starts one of the programs beside this one. */
export function start(folder: string, program: string, ...args: readonly string[]): ChildProcess {
  return fork(join(folder, program), [...args], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
}

/** Starts a server, and waits until it listens. */
export async function startServer(folder: string, age: string): Promise<RunningServer> {
  const child = start(folder, "server.mjs", age);
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const { port } = await said<ServerReady>(child);
  return {
    port,
    drain(order) {
      child.send(order);
      return gone;
    },
    kill() {
      child.kill("SIGKILL");
      return gone;
    },
  };
}

/** The next message of a process; rejects where it ends without one. */
export function said<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as Message)); // `messages.ts` says what each program says
    child.once("exit", (code) =>
      reject(new Error(`A process ended with ${code} before it said anything.`)),
    );
  });
}
