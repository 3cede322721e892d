/** The contract that long tests call, and a server of it that keeps books which survive its own death. */
import { openSync, readFileSync, writeSync } from "node:fs";
import {
  bidiStream,
  clientStream,
  defineContract,
  type Limits,
  serverStream,
  unary,
} from "@concordat/core";
import { createServer, implement, type Server } from "@concordat/server";
import { Type } from "typebox";

/** One procedure of each kind. `add` is the one that must not be executed twice. */
export const work = defineContract("work", {
  add: unary({ request: Type.Integer(), response: Type.Integer() }),
  count: serverStream({ request: Type.Integer(), response: Type.Integer() }),
  sum: clientStream({ request: Type.Integer(), response: Type.Integer() }),
  echo: bidiStream({ request: Type.Integer(), response: Type.Integer() }),
});

/** What handlers have begun and ended: the two are the same when nothing runs. */
export interface HandlerBooks {
  begun: number;
  ended: number;
}

/** A server of {@link work}. `executions` is the file that each execution of `add` is written to before it is answered. */
export function workServer(
  executions: string,
  limits: Partial<Limits>,
): { readonly server: Server; readonly books: HandlerBooks } {
  const file = openSync(executions, "a");
  const entry = Buffer.alloc(4);
  const books: HandlerBooks = { begun: 0, ended: 0 };
  async function* counted(items: AsyncIterable<number>): AsyncGenerator<number> {
    books.begun += 1;
    try {
      yield* items;
    } finally {
      books.ended += 1;
    }
  }
  const server = createServer({
    limits,
    services: [
      implement(work, {
        handlers: {
          add(operand) {
            entry.writeUInt32LE(operand);
            writeSync(file, entry); // what the kernel has outlives a SIGKILL
            return operand + 1;
          },
          count: (to) => counted(numbersTo(to)),
          async sum(items) {
            let total = 0;
            for await (const item of counted(items)) total += item;
            return total;
          },
          echo: (items) => counted(items),
        },
      }),
    ],
  });
  return { server, books };
}

/** How often each operand was executed. */
export function executionsIn(file: string): ReadonlyMap<number, number> {
  const bytes = readFileSync(file);
  const times = new Map<number, number>();
  for (let at = 0; at < bytes.length; at += 4) {
    const operand = bytes.readUInt32LE(at);
    times.set(operand, (times.get(operand) ?? 0) + 1);
  }
  return times;
}

async function* numbersTo(to: number): AsyncGenerator<number> {
  for (let number = 0; number < to; number += 1) {
    if (number % 16 === 15) await new Promise((resolve) => setTimeout(resolve, 1));
    yield number;
  }
}
