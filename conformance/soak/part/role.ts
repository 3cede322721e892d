/** Other processes that run the same program in another role, and questions to them. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** The environment variable that names a child's role. */
const roleVariable = "CONCORDAT_SOAK_ROLE";

/** What a role does with a question. What it returns travels back as JSON. */
export type Answerer = (question: string, value: unknown) => unknown;

/** What a role is made from: what its parent says at its start. */
export type Role = (start: never) => Answerer | Promise<Answerer>;

interface Message {
  readonly id: number;
  readonly question?: string;
  readonly value?: unknown;
  readonly error?: string;
}

/** One child process. */
export class Child {
  readonly process: ChildProcess;
  readonly #waiting = new Map<number, (message: Message) => void>();
  #lastId = 0;

  private constructor(role: string) {
    const [, program = ""] = process.argv;
    this.process = fork(program, [], { env: { ...process.env, [roleVariable]: role } });
    this.process.on("message", (message: Message) => {
      this.#waiting.get(message.id)?.(message);
      this.#waiting.delete(message.id);
    });
    this.process.on("exit", () => {
      for (const [id, settle] of this.#waiting) settle({ id, error: "the process ended" });
      this.#waiting.clear();
    });
    children.add(this);
  }

  /** Starts one, and waits until it is ready. */
  static async start(role: string, start: unknown): Promise<Child> {
    const child = new Child(role);
    await child.ask("start", start);
    return child;
  }

  /** Whether it runs, or is stopped and could go on. */
  get isAlive(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** The answer is whatever the role returned. */
  async ask<Answer>(question: string, value?: unknown): Promise<Answer> {
    this.#lastId += 1;
    const id = this.#lastId;
    const message = await new Promise<Message>((settle) => {
      if (!this.isAlive) settle({ id, error: "the process has ended" });
      this.#waiting.set(id, settle);
      this.process.send({ id, question, value }, () => undefined); // its exit settles the question
    });
    if (message.error !== undefined) throw new Error(`${question}: ${message.error}`);
    return message.value as Answer; // both ends are in the same program
  }

  /** Kills it, and waits until it is gone. */
  async kill(): Promise<void> {
    children.delete(this);
    if (!this.isAlive) return;
    this.process.kill("SIGKILL");
    await once(this.process, "exit");
  }
}

const children = new Set<Child>();
process.on("exit", () => {
  for (const { process: child } of children) child.kill("SIGKILL");
});

/** Runs `main`, or in a child its role. */
export function runAs(roles: Readonly<Record<string, Role>>, main: () => Promise<void>): void {
  const role = process.env[roleVariable];
  if (role === undefined) {
    void main().catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
    return;
  }
  let answer: Answerer | undefined;
  process.on("disconnect", () => process.exit(0));
  process.on("message", ({ id, question = "", value }: Message) => {
    void answerWith(id, async () => {
      if (question !== "start") return answer?.(question, value);
      answer = await roles[role]?.(value as never); // the parent of this very program said it
      return undefined;
    });
  });
}

async function answerWith(id: number, run: () => Promise<unknown>): Promise<void> {
  try {
    process.send?.({ id, value: await run() });
  } catch (error) {
    process.send?.({
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}
