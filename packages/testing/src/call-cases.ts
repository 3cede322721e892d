/** What a client and a server promise each other, as cases that run over any transport and any encoding. */
import { createClient } from "@concordat/client";
import { ConcordatError } from "@concordat/core";
import { createServer } from "@concordat/server/portable";
import type { Transport } from "@concordat/core/transport";
import { type Callee, callee, calleeService } from "./callee.ts";
import { expectSame } from "./expect-same.ts";
import { inEncoding } from "./in-encoding.ts";
import { LeakCheck } from "./leak-check.ts";
import type { OpenPipe } from "./transport-cases.ts";

/** Where a case is run. */
export interface CallPlace {
  /** Opens a pipe. The server is put at its second end. */
  readonly open: OpenPipe;
  /** The payload encoding, one of `encodings`. */
  readonly encoding: string;
}

/** One promise. */
export interface CallCase {
  /** The promise, for the test's title. */
  readonly title: string;
  /** Rejects with a sentence where the promise is broken, and where anything is left behind. */
  readonly run: (place: CallPlace) => Promise<void>;
}

type CalleeClient = ReturnType<typeof clientOf>;

/** The cases: for each, and for each of `encodings`, `test(title, () => run({ open, encoding }))`. */
export const callCases: readonly CallCase[] = [
  promise("a call is answered", async ({ callee: remote }) => {
    expectSame(await remote.echo({ text: "Grüße, 世界 🌍" }), { text: "Grüße, 世界 🌍" });
  }),
  promise(
    "the items of a server stream come in order, and then its end",
    async ({ callee: remote }) => {
      expectSame(await all(remote.count({ to: 3, bytes: 0 })), ["1", "2", "3"]);
    },
  ),
  promise("the items of a client stream are all read", async ({ callee: remote }) => {
    expectSame(await remote.sum([1, 2, 39]), 42);
  }),
  promise("a bidi stream goes to and fro", async ({ callee: remote }) => {
    expectSame(await all(remote.shout(["a", "b"])), ["A", "B"]);
  }),
  promise("300 kB go there and back", async ({ callee: remote }) => {
    const text = "x".repeat(300_000);
    expectSame(await remote.echo({ text }), { text });
  }),
  promise(
    "a thousand items come through windows of a few kilobytes",
    async ({ callee: remote }) => {
      expectSame((await all(remote.count({ to: 1_000, bytes: 100 }))).length, 1_000);
    },
  ),
  promise(
    "metadata travels both ways, bytes too, repeated keys in order",
    async ({ callee: remote }) => {
      const metadata = [
        ["a", "1"],
        ["b", Uint8Array.of(0, 255)],
        ["a", "2"],
      ] as const;
      let trailing: unknown;
      await remote.echo({ text: "" }, { metadata, onTrailing: (pairs) => (trailing = pairs) });
      expectSame(trailing, metadata);
    },
  ),
  promise("an error arrives with its code and its sentence", async ({ callee: remote }) => {
    const { code, rawMessage } = await failure(remote.fail({ text: "No." }));
    expectSame([code, rawMessage], ["failed_precondition", "No."]);
  }),
  promise("a deadline ends a call of a silent handler", async ({ callee: remote }) => {
    expectSame(
      (await failure(remote.hang({ text: "" }, { timeoutMs: 30 }))).code,
      "deadline_exceeded",
    );
  }),
  promise("a call that is given up aborts its handler", async ({ callee: remote }, { aborted }) => {
    const control = new AbortController();
    const given = failure(remote.hang({ text: "" }, { signal: control.signal }));
    await remote.echo({ text: "the call before this one has arrived" });
    control.abort();
    expectSame((await given).code, "cancelled");
    expectSame(await aborted, "cancelled");
  }),
  promise(
    "leaving the loop over a stream stops its handler",
    async ({ callee: remote }, { stopped }) => {
      for await (const item of remote.count({ to: 1_000_000_000, bytes: 100 }))
        if (item !== "") break;
      expectSame((await stopped) < 10_000, true);
    },
  ),
  promise("a stream that nobody reads stalls no other", async ({ callee: remote }) => {
    const unread = remote.count({ to: 1_000, bytes: 100 })[Symbol.asyncIterator]();
    await unread.next();
    expectSame((await all(remote.count({ to: 200, bytes: 100 }))).length, 200);
    await unread.return?.();
  }),
  promise("fifty calls at the same time find their answers", async ({ callee: remote }) => {
    const texts = Array.from({ length: 50 }, (_, at) => String(at));
    const answers = await Promise.all(texts.map((text) => remote.echo({ text })));
    expectSame(
      answers.map(({ text }) => text),
      texts,
    );
  }),
  {
    title: "a refusal arrives with its code and its sentence, and stops the client",
    async run({ open, encoding }) {
      const leaks = new LeakCheck();
      const server = leaks.server(
        createServer({
          services: [calleeService().service],
          clock: leaks.clock,
          log: () => undefined,
          authenticate() {
            throw new ConcordatError("unauthenticated", "Nobody has this password.");
          },
        }),
      );
      const client = clientOf(leaks, async () => {
        const [near, far] = await open();
        server.accept(far);
        return inEncoding(encoding, near);
      });
      expectSame((await failure(client.callee.echo({ text: "" }))).code, "unauthenticated");
      expectSame(client.state, "refused");
      await client.close();
      await server.close({ withinMs: 1 });
      await leaks.expectNothing();
    },
  },
];

/** A case with a client and a server that are closed behind it, and of which nothing may be left. */
function promise(
  title: string,
  look: (client: CalleeClient, handlers: Callee) => Promise<void>,
): CallCase {
  return {
    title,
    async run({ open, encoding }) {
      const leaks = new LeakCheck();
      const handlers = calleeService();
      const server = leaks.server(
        createServer({ services: [handlers.service], clock: leaks.clock, log: () => undefined }),
      );
      const client = clientOf(leaks, async () => {
        const [near, far] = await open();
        server.accept(leaks.transport(far, "the server's end of the pipe"));
        return leaks.transport(inEncoding(encoding, near), "the client's end of the pipe");
      });
      await client.connect(); // what is sent ahead of the welcome is in the client's own first encoding
      await look(client, handlers);
      await client.close();
      await server.close({ withinMs: 1 });
      await leaks.expectNothing();
    },
  };
}

// oxlint-disable-next-line typescript/explicit-module-boundary-types -- not exported: the contract says it all
function clientOf(leaks: LeakCheck, connect: () => Promise<Transport>) {
  const limits = { streamWindowBytes: 4_096, connectionWindowBytes: 16_384 };
  const client = createClient({ connect, contracts: { callee }, clock: leaks.clock, limits });
  return leaks.client(client);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const got: T[] = [];
  for await (const item of items) got.push(item);
  return got;
}

async function failure(call: Promise<unknown>): Promise<ConcordatError> {
  try {
    const answer = await call;
    throw new Error(`Expected an error, but the call was answered with ${JSON.stringify(answer)}.`);
  } catch (error) {
    if (error instanceof ConcordatError) return error;
    throw error;
  }
}
