/** What the server tells its clients: those that listen, each once, whatever the network does. */
import type { ConcordatError, NotificationContext } from "@concordat/core";
import { type NotificationFrame, valueToBytes } from "@concordat/core/internal";
import { settle } from "@concordat/testing";
import { expect, test, vi } from "vitest";

import { news, newsStage } from "../fixture/news-stage.ts";
import { stage } from "../fixture/stage.ts";

test("whoever listens hears what the server tells everybody", async () => {
  const { client, server } = newsStage();
  const heard: unknown[] = [];
  client().news.changed.on(({ id }) => heard.push(`a ${id}`));
  client().news.changed.on(({ id }) => heard.push(`b ${id}`));
  client().news.jobs.done.on((job) => heard.push(job));
  await settle();
  const notify = server.notify(news);

  expect(notify.changed({ id: "o-1" })).toBe(3);
  expect(notify.jobs.done(7)).toBe(3);
  await settle();
  expect(new Set(heard)).toEqual(new Set([7, "a o-1", "b o-1"]));
  expect(heard).toHaveLength(3);
});

test("listening is enough to connect, and is not for those who stopped", async () => {
  const { client, server } = newsStage();
  const listener = vi.fn<() => void>();
  const listening = client();
  const stop = listening.news.changed.on(listener);
  await settle();
  expect(listening.state).toBe("ready");
  stop();
  stop();
  server.notify(news).changed({ id: "o-1" });
  await settle();

  expect(listener).not.toHaveBeenCalled();
});

test("a client with interceptors listens as any other does: they run around what it sends", async () => {
  const { client, server } = newsStage();
  const heard: number[] = [];
  const listening = client({ interceptors: [(_context, next) => next()] });
  listening.news.jobs.done.on((job) => void heard.push(job));
  await settle();
  server.notify(news).jobs.done(7);
  await settle();

  expect(heard).toEqual([7]);
});

test("a filter chooses by who a client is, and a handler answers its own caller", async () => {
  const { client, server } = newsStage(
    {
      ask(_request, context) {
        expect(context.notify(news).jobs.done(1)).toBe(1);
        return null;
      },
      seen: (_message, context) => void context.notify(news).jobs.done(2),
    },
    { authenticate: ({ credentials }) => credentials },
  );
  const heard: string[] = [];
  const [ada, bob] = ["ada", "bob"].map((credentials) => client({ credentials }));
  ada?.news.jobs.done.on((job) => heard.push(`ada ${job}`));
  bob?.news.jobs.done.on((job) => heard.push(`bob ${job}`));
  await settle();
  await ada?.news.ask({});
  await bob?.news.seen({ id: "x" });
  await settle();
  server.notify(news, ({ principal }) => principal === "bob").jobs.done(3);
  await settle();

  expect(heard).toEqual(["ada 1", "bob 2", "bob 3"]);
});

test("a listener is told the metadata and the name, and one that throws stops nobody", async () => {
  const { client, server } = newsStage();
  const contexts: NotificationContext[] = [];
  const {
    news: { changed },
  } = client();
  const uncaught: unknown[] = [];
  process.once("uncaughtException", (error) => uncaught.push(error));
  changed.on(() => {
    throw new Error("a listener's own");
  });
  changed.on((_message, context) => contexts.push(context));
  await settle();
  server.notify(news).changed({ id: "o-1" }, { metadata: { trace: "t-1" } });
  await settle();

  expect(uncaught).toMatchObject([{ message: "a listener's own" }]);
  expect(contexts).toEqual([{ metadata: [["trace", "t-1"]], procedure: "news/changed" }]);
});

test("a message that does not match the newest release is its sender's mistake, whoever listens", () => {
  const { server } = newsStage();
  // What a handler without a compiler may send.
  const wrong = { id: 1 } as unknown as { id: string };

  expect(() => server.notify(news).changed(wrong)).toThrow(
    expect.objectContaining({
      code: "invalid_argument",
      rawMessage: "A notification does not match news/changed at /id: is not a string.",
    }),
  );
  expect(() => server.notify({ name: "weather" })).toThrow("weather is not served here");
});

test("what is told during a cut is heard once after it, in order", async () => {
  const { client, server, pipes, clock } = newsStage();
  const heard: string[] = [];
  client().news.changed.on(({ id }) => heard.push(id));
  await settle();
  const { changed } = server.notify(news);
  changed({ id: "1" });
  await settle();
  changed({ id: "2" });
  pipes[0]?.cut();
  await settle();
  expect(changed({ id: "3" })).toBe(1);
  await clock.advance(1_000);
  changed({ id: "4" });
  await settle();

  expect(heard).toEqual(["1", "2", "3", "4"]);
  expect(pipes).toHaveLength(2);
});

test("a client that does not come back in time is told no more", async () => {
  const { client, server, pipes, clock } = newsStage();
  const gone = client();
  gone.news.changed.on(() => undefined);
  await settle();
  pipes[0]?.cut();
  await gone.close();
  await clock.advance(29_999);
  expect(server.notify(news).changed({ id: "1" })).toBe(1);
  await clock.advance(1);

  expect(server.notify(news).changed({ id: "2" })).toBe(0);
});

test("a client that stays connected and takes nothing is given up before it costs memory without end", async () => {
  const { client, server, pipes, log } = newsStage({}, { limits: { bufferedBytes: 10_000 } });
  client().news.changed.on(() => undefined);
  await settle();
  const { changed } = server.notify(news);
  // All of one turn: no credit can come back.
  let count = 0;
  while (changed({ id: "x".repeat(1_000) }) === 1) count += 1;
  await settle();

  expect(count).toBeGreaterThan(200); // a window of 262,144 bytes
  expect(count).toBeLessThan(300);
  expect(log).toContainEqual(expect.objectContaining({ closeCode: 4511 }));
  expect(pipes.length).toBeGreaterThan(0);
});

test("so is one that is expected back", async () => {
  const { client, server, pipes } = newsStage({}, { limits: { bufferedBytes: 10_000 } });
  client().news.changed.on(() => undefined);
  await settle();
  pipes[0]?.cut();
  await settle();
  const { changed } = server.notify(news);
  let count = 0;
  while (changed({ id: "x".repeat(1_000) }) === 1) count += 1;

  expect(count).toBeGreaterThan(200);
  expect(count).toBeLessThan(300);
});

test("a server that closes whoever listens as idle is not dialled without a pause", async () => {
  const { client, welcome, untilDial } = stage({ contracts: { news } });
  client.news.changed.on(() => undefined);
  const waits: number[] = [];
  for (let time = 0; time < 4; time += 1) {
    (await welcome()).close(4510);
    await settle();
    waits.push(await untilDial());
  }

  expect(waits).toEqual([1, 1_000, 2_000, 4_000]);
});

test("a message that is not what the release says is told to nobody but the client's owner", async () => {
  const { client, welcome } = stage({ contracts: { news } });
  const heard: unknown[] = [];
  const mistakes: ConcordatError[] = [];
  client.news.jobs.done.on((job) => heard.push(job));
  client.on("unreadable", (error) => mistakes.push(error));
  const peer = await welcome();
  for (const message of ["seven", 7]) {
    peer.send(telling("news/jobs/done", message));
  }
  await settle();

  expect(heard).toEqual([7]);
  expect(mistakes).toMatchObject([{ code: "internal", origin: "remote" }]);
});

test("names that nobody knows, and those that a release has in another form, are dropped", async () => {
  const older = {
    ...news,
    offers: [
      { release: "1.0.0", fingerprint: news.draft.fingerprint, lacks: { changed: "1.1.0" } },
    ],
  };
  const { client, welcome } = stage({ contracts: { news: older } });
  const heard: unknown[] = [];
  client.news.changed.on((message) => heard.push(message));
  client.on("unreadable", (error) => heard.push(error));
  const peer = await welcome();
  for (const procedure of ["news/changed", "news/seen", "news/ask", "nobody", "__proto__"]) {
    peer.send(telling(procedure, { id: "1" }));
  }
  await settle();

  expect(heard).toEqual([]);
  expect(client.state).toBe("ready");
});

function telling(procedure: string, message: unknown): NotificationFrame {
  return { kind: "notification", id: 0, procedure, metadata: [], payload: valueToBytes(message) };
}
