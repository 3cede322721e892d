/** Procedures of every kind, played with messages that a test makes up. */
import { type ProcedureKind, procedureKinds } from "@concordat/core";
import type { ClientLife } from "@concordat/client";
import type { Server } from "@concordat/server/portable";

import type { Handler, Orders } from "./in-program.ts";

/** What a client sends, and what a server answers with. */
export interface Played {
  readonly requests: readonly unknown[];
  readonly answers: readonly unknown[];
}

/** The kinds, in turn. */
export function kindAt(index: number): ProcedureKind {
  const kinds = Object.keys(procedureKinds) as ProcedureKind[]; // the table has no other keys
  return kinds[index % kinds.length] ?? "unary";
}

/** How many messages a kind has on each side. */
export function countsOf(kind: ProcedureKind): { requests: number; answers: number } {
  const { requestStream, responseStream } = procedureKinds[kind];
  const isTold = kind === "clientNotification";
  const isTelling = kind === "serverNotification";
  return {
    requests: isTelling ? 0 : requestStream ? 3 : 1,
    answers: isTold ? 0 : responseStream ? 3 : 1,
  };
}

/** A handler that takes everything, and then answers. */
export function handlerOf(
  kind: ProcedureKind,
  heard: (count: number) => void,
  answers: () => readonly unknown[],
): Handler {
  const { requestStream, responseStream } = procedureKinds[kind];
  const take = async (request: unknown): Promise<void> => {
    heard(requestStream ? 0 : 1);
    // The server gives the handler of a stream of requests what can be read like this.
    if (requestStream) for await (const _ of request as AsyncIterable<unknown>) heard(1);
  };
  if (!responseStream) return (request) => take(request).then(() => answers()[0]);
  return async function* (request) {
    await take(request);
    yield* answers();
  };
}

/** What a client got; rejects where it was refused. */
export async function got(
  kind: ProcedureKind,
  name: string,
  { requests, answers }: Played,
  { orders, client, server }: { orders: Orders; client: ClientLife; server: Server },
): Promise<readonly unknown[]> {
  const { requestStream, responseStream } = procedureKinds[kind];
  if (kind === "serverNotification") return toldTo(name, answers[0], { orders, client, server });
  const call = orders[name]?.(requestStream ? each(requests) : requests[0]);
  if (!responseStream) {
    const answer = await call;
    return kind === "clientNotification" ? [] : [answer];
  }
  const items: unknown[] = [];
  // It streams responses, so it gives an iterable.
  for await (const item of call as unknown as AsyncIterable<unknown>) items.push(item);
  return items;
}

/** Waits until something holds, or nothing will come any more: everything is in memory. */
export async function settled(isDone: () => boolean): Promise<void> {
  for (let turn = 0; turn < 200 && !isDone(); turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
}

async function toldTo(
  name: string,
  message: unknown,
  { orders, client, server }: { orders: Orders; client: ClientLife; server: Server },
): Promise<readonly unknown[]> {
  const heard: unknown[] = [];
  // What the contract makes of a notification of the server, on either side.
  const source = orders[name] as unknown as {
    on(listener: (message: unknown) => void): () => void;
  };
  const tell: unknown = Reflect.get(server.notify<object>({ name: "orders" }), name);
  const stop = source.on((told) => heard.push(told));
  await client.connect();
  if (typeof tell === "function") tell(message);
  await settled(() => heard.length > 0);
  stop();
  return heard;
}

async function* each(items: readonly unknown[]): AsyncGenerator {
  yield* items;
}
