/** Requests wait while the socket has not sent what it was given: a burst of them must not look like a dead peer. */
import { FakeClock, settle } from "@concordat/testing";
import { describe, expect, test } from "vitest";
import { requestBytes } from "../../src/connection/request-bytes.ts";
import { SendRoom } from "../../src/connection/send-room.ts";
import { order } from "../fixture/shop.ts";
import { outcomeOf, stage } from "../fixture/stage.ts";

const large = { sku: "x".repeat(1_000), quantity: 1 };

/** A client that is connected, over a socket that may hold 10,000 bytes. */
async function connectedStage() {
  const { client, clock, upgrades, welcome } = stage({ limits: { bufferedBytes: 10_000 } });
  const connected = client.connect();
  const peer = await welcome();
  await connected;
  const socket = upgrades[0]?.socket;
  if (socket === undefined) throw new Error("The client did not dial.");
  return { client, clock, peer, socket };
}

test("a burst beyond the bound leaves in parts, in order, and no call fails", async () => {
  const { client, clock, welcome } = stage({ limits: { bufferedBytes: 10_000 } });
  const connected = client.connect();
  const peer = await welcome();
  await connected;
  const answers = Array.from({ length: 12 }, (_, index) =>
    client.shop.place({ ...large, quantity: index }),
  );
  await settle();
  const first = peer.heard("request").length;
  expect(first).toBeGreaterThan(1);
  expect(first).toBeLessThan(10);
  await clock.advance(100);

  expect(peer.heard("request")).toHaveLength(12);
  expect(peer.heard("request").map(({ payload }) => payload.at(-4))).toEqual([
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
  ]);
  for (let id = 1; id <= 12; id += 1) peer.respond(id, { id: "o" });
  await Promise.all(answers);
  expect(client.state).toBe("ready");
});

test("while the socket is full nothing is sent; once half of it has left, what waits goes", async () => {
  const { client, clock, peer, socket } = await connectedStage();
  socket.bufferedAmount = 5_001;
  const answer = client.shop.place(order);
  await clock.advance(1_000);
  expect(peer.heard("request")).toHaveLength(0);

  socket.bufferedAmount = 2_500;
  await clock.advance(10);
  expect(peer.heard("request")).toHaveLength(1);
  peer.respond(1, { id: "o-1" });
  expect(await outcomeOf(answer)).toEqual({ id: "o-1" });
});

test("a request that waits for room is sent as it was when its call was made", async () => {
  const { client, clock, peer, socket } = await connectedStage();
  socket.bufferedAmount = 9_999;
  const request = { ...order };
  const answer = client.shop.place(request);
  request.sku = "changed";
  socket.bufferedAmount = 0;
  await clock.advance(10);

  const [sent] = peer.heard("request");
  expect(new TextDecoder().decode(sent?.payload)).toContain(order.sku);
  peer.respond(1, { id: "o-1" });
  await answer;
});

test("a call that waits for room keeps its deadline", async () => {
  const { client, clock, peer, socket } = await connectedStage();
  socket.bufferedAmount = 9_000;
  const answer = client.shop.place(order, { timeoutMs: 300 });
  await clock.advance(300);

  expect(await outcomeOf(answer)).toMatchObject({ code: "deadline_exceeded" });
  expect(peer.heard("request")).toHaveLength(0);
});

test("a request that is larger than the bound leaves when the socket is empty", async () => {
  const { client, welcome } = stage({ limits: { bufferedBytes: 1_500 } });
  const connected = client.connect();
  const peer = await welcome();
  await connected;
  const answer = client.shop.place(large);
  await settle();

  expect(peer.heard("request")).toHaveLength(1);
  peer.respond(1, { id: "o-1" });
  await answer;
});

test("calls that were dropped unread while the socket is full wait for room, and are made again", async () => {
  const { client, clock, upgrades, accept } = stage({ limits: { bufferedBytes: 10_000 } });
  const answers = [1, 2].map((quantity) => client.shop.place({ sku: "A-1", quantity }));
  const peer = await accept();
  const socket = upgrades[0]?.socket;
  if (socket === undefined) throw new Error("The client did not dial.");
  expect(peer.heard("request")).toHaveLength(2);
  socket.bufferedAmount = 6_000;
  peer.welcome({ early: "discarded" });
  await settle();
  socket.bufferedAmount = 0;
  await clock.advance(10);
  for (const id of [1, 2]) peer.respond(id, { id: `o-${id}` });

  expect(await outcomeOf(Promise.all(answers))).toEqual([{ id: "o-1" }, { id: "o-2" }]);
});

test("a request that waits for room leaves as it was given, whatever becomes of it meanwhile", async () => {
  const { client, clock, peer, socket } = await connectedStage();
  const changing = { sku: "A-1", quantity: 2 };
  socket.bufferedAmount = 9_000;
  const waiting = client.shop.place(changing);
  changing.quantity = 3;
  socket.bufferedAmount = 0;
  await clock.advance(10);
  const same = client.shop.place({ sku: "A-1", quantity: 2 });
  await settle();

  const [first, second] = peer.heard("request");
  expect(first?.payload).toEqual(second?.payload);
  for (const id of [1, 2]) peer.respond(id, { id: "o" });
  await Promise.all([waiting, same]);
});

/** A room of 1,000 bytes, in a socket in which so many wait. */
function roomOf(waiting: number) {
  const clock = new FakeClock();
  const socket = { waiting, freed: 0 };
  const room = new SendRoom(
    () => socket.waiting,
    clock,
    1_000,
    () => (socket.freed += 1),
  );
  return { room, clock, socket };
}

describe("the room in a socket", () => {
  test("is what is left of its bound, to the byte; an empty one takes a request of any size", () => {
    expect(roomOf(400).room.has(600)).toBe(true);
    expect(roomOf(400).room.has(601)).toBe(false);
    expect(roomOf(1).room.has(1_000)).toBe(false);
    expect(roomOf(0).room.has(1_000_000)).toBe(true);
  });

  test("is told of when half of it is free, once for all who asked", async () => {
    const { room, clock, socket } = roomOf(1_000);
    expect([room.has(1), room.has(1)]).toEqual([false, false]);
    socket.waiting = 501;
    await clock.advance(1_000);
    expect(socket.freed).toBe(0);

    socket.waiting = 500;
    await clock.advance(10);
    expect(socket.freed).toBe(1);
    await clock.advance(1_000);
    expect(socket.freed).toBe(1);
  });

  test("of one that is gone is told to nobody", async () => {
    const { room, clock, socket } = roomOf(1_000);
    room.has(1);
    room.close();
    socket.waiting = 0;
    await clock.advance(1_000);

    expect(socket.freed).toBe(0);
    expect(clock.waiting).toBe(0);
  });

  test("is never taken for more than it is: metadata counts with all that it may take on the wire", () => {
    const opening = { callKind: "unary", procedure: "shop/place", deadline: undefined } as const;
    const payload = new Uint8Array(5);

    expect(requestBytes({ ...opening, payload, metadata: [] })).toBe(5);
    expect(requestBytes({ ...opening, payload, metadata: [["ab", "c"]] })).toBe(5 + 3 * 3 + 8);
    expect(
      requestBytes({
        ...opening,
        payload,
        metadata: [
          ["ab", "c"],
          ["d", "e"],
        ],
      }),
    ).toBe(5 + 5 * 3 + 2 * 8);
  });
});
