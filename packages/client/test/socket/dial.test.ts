/** One attempt to open a socket: what it asks for, how long it waits, and what it leaves behind. */
import { ConcordatError } from "@concordat/core";
import { settle } from "@concordat/testing";
import { expect, test } from "vitest";
import type { WebSocketConstructor } from "../../src/index.ts";
import { order } from "../fixture/shop.ts";
import { ignore, outcomeOf, stage } from "../fixture/stage.ts";

test("address and credentials are asked for at each dial", async () => {
  let asked = 0;
  const { client, upgrade, untilDial, accept, upgrades } = stage({
    url: async () => `ws://shop.example/${(asked += 1)}`,
    credentials: async () => ({ token: asked }),
  });
  client.connect().catch(ignore);
  (await upgrade()).fail();
  await settle();
  await untilDial();
  const peer = await accept();

  expect(upgrades.map(({ url }) => url)).toEqual(["ws://shop.example/1", "ws://shop.example/2"]);
  expect(peer.hello.auth).toEqual({ token: 2 });
});

test("an address that cannot be had is a failed attempt: another one follows", async () => {
  let asked = 0;
  const { client, untilDial, welcome } = stage({
    url: () => {
      asked += 1;
      if (asked < 3) throw new Error("the directory is down");
      return "ws://shop.example";
    },
  });
  const connected = client.connect();
  await settle();
  expect(client.state).toBe("waiting");
  await untilDial();
  await welcome();

  expect(await outcomeOf(connected)).toBeUndefined();
});

test("credentials that say that nobody is signed in stop the client, with that very error", async () => {
  const nobody = new ConcordatError("unauthenticated", "Sign in first.");
  const { client, upgrades, clock } = stage({ credentials: () => Promise.reject(nobody) });

  expect(await outcomeOf(client.shop.place(order))).toBe(nobody);
  await clock.advance(3_600_000);
  expect(client.state).toBe("refused");
  expect(upgrades).toHaveLength(0);
});

test.each([
  ["an error of ours that is for a moment", new ConcordatError("unavailable", "Later.")],
  ["what only looks like one of ours", Object.assign(new Error("?"), { code: "unauthenticated" })],
])("credentials that fail with %s are a failed attempt: another one follows", async (_, thrown) => {
  let asked = 0;
  const { client, untilDial, welcome } = stage({
    credentials: () => ((asked += 1) === 1 ? Promise.reject(thrown) : "t-2"),
  });
  client.connect().catch(ignore);
  await settle();
  expect(client.state).toBe("waiting");
  await untilDial();

  expect((await welcome()).hello.auth).toBe("t-2");
});

test("what a socket shows of its failure is the cause of the failed call", async () => {
  const error = new Error("getaddrinfo ENOTFOUND shop.invalid");
  const closes = [
    () => ignore(),
    (socket: { end(code: number, reason: string): void }) => socket.end(1011, ""),
  ];
  for (const close of closes) {
    const { client, clock, upgrade } = stage({ whenDisconnected: "fail" });
    const answer = client.shop.place(order);
    const { socket } = await upgrade();
    const event = { type: "error", error };
    socket.emit(event);
    close(socket);
    await clock.advance(100);

    expect(await outcomeOf(answer)).toMatchObject({ code: "unavailable", cause: error });
  }
});

test.each(["url", "credentials"] as const)(
  "a client that is closed by the function for its %s opens no socket",
  async (name) => {
    const closing = (): string => {
      void client.close();
      return "ws://shop.example/rpc";
    };
    const { client, upgrades } = stage({ [name]: closing });

    expect(await outcomeOf(client.connect())).toMatchObject({ code: "cancelled" });
    expect(client.state).toBe("closed");
    expect(upgrades).toHaveLength(0);
  },
);

test("credentials that are not JSON stop the client with a sentence", async () => {
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  const { client, upgrades } = stage({ credentials: circle });

  expect(await outcomeOf(client.shop.place(order))).toMatchObject({ code: "invalid_argument" });
  expect(upgrades).toHaveLength(0);
});

test.each([
  ["name", 5n],
  [
    "version",
    {
      toJSON() {
        throw new Error("no version");
      },
    },
  ],
])(
  "a %s that is not JSON stops the client with a sentence, and nobody dials",
  async (option, given) => {
    const { client, upgrades } = stage({ [option]: given });

    expect(await outcomeOf(client.shop.place(order))).toMatchObject({
      code: "invalid_argument",
      rawMessage: expect.stringContaining("credentials, name or version are not JSON"),
    });
    expect(client.state).toBe("refused");
    expect(upgrades).toHaveLength(0);
  },
);

test("an address that has no text stops the client as one that is none does", async () => {
  const { client } = stage({ url: () => Object.create(null) });

  expect(await outcomeOf(client.shop.place(order))).toMatchObject({
    code: "invalid_argument",
    rawMessage: expect.stringContaining("cannot be dialled"),
  });
});

/** A WebSocket whose constructor throws. */
function throwing(errorFor: (url: string) => Error): WebSocketConstructor {
  return class {
    binaryType = "blob";
    bufferedAmount = 0;
    constructor(url: string) {
      throw errorFor(url);
    }
    send = ignore;
    close = ignore;
    addEventListener = ignore;
    removeEventListener = ignore;
  };
}

test("an address that is none stops the client with the reason, instead of dialling for ever", async () => {
  const { client } = stage({
    WebSocket: throwing((url) => new SyntaxError(`${url} is not a WebSocket address`)),
    url: "shop",
  });
  const error = await outcomeOf(client.shop.place(order));

  expect(error).toMatchObject({ code: "invalid_argument" });
  expect(String(error)).toContain('"shop" cannot be dialled');
  expect(client.state).toBe("refused");
});

test("where the browser throws at an address that the policy of the page forbids, the error names connect-src", async () => {
  // As Firefox 153 and WebKitGTK 2.50 do. Chromium shows an error without a close.
  const forbidden = new DOMException("The operation is insecure.", "SecurityError");
  const { client } = stage({ WebSocket: throwing(() => forbidden) });
  const error = await outcomeOf(client.shop.place(order));

  expect(error).toMatchObject({ code: "invalid_argument", cause: forbidden });
  expect(String(error)).toContain("connect-src");
});

test("a socket that does not open within 15 s is given up, and another attempt is made", async () => {
  const { client, upgrade, clock, upgrades } = stage();
  client.connect().catch(ignore);
  const hanging = await upgrade();
  await clock.advance(14_999);
  expect(client.state).toBe("connecting");
  await clock.advance(1);

  expect(client.state).toBe("waiting");
  expect(hanging.socket.readyState).toBeGreaterThanOrEqual(2);
  await clock.advance(1_000);
  expect(upgrades).toHaveLength(2);
});

test("a socket that shows an error and no close has failed a moment later, not at the end of its time", async () => {
  const { client, upgrade, clock } = stage();
  client.connect().catch(ignore);
  const { socket } = await upgrade();
  socket.emit({ type: "error" });
  await clock.advance(99);
  expect(client.state).toBe("connecting");
  await clock.advance(1);

  expect(client.state).toBe("waiting");
  expect(socket.readyState).toBeGreaterThanOrEqual(2);
});

test("a close that follows its error in another turn is the one that counts", async () => {
  const { client, upgrade, clock } = stage();
  const answer = client.shop.place(order);
  const { socket } = await upgrade();
  socket.emit({ type: "error" });
  await clock.advance(50);
  socket.end(4426, "client-too-old contract=shop have=1.0.0 min=2.0.0 max=3.1.0");

  expect(await outcomeOf(answer)).toMatchObject({ code: "failed_precondition" });
  expect(client.state).toBe("refused");
});

test("a socket that opens after it was given up is nobody's", async () => {
  const { client, upgrade, clock } = stage({ dialTimeoutMs: 100 });
  client.connect().catch(ignore);
  const late = await upgrade();
  await clock.advance(100);
  late.accept();
  await settle();

  expect(client.state).toBe("waiting");
});

test("credentials that take for ever are given up as a socket would be", async () => {
  const { client, clock, upgrades } = stage({ credentials: () => new Promise(ignore) });
  client.connect().catch(ignore);
  await clock.advance(15_000);

  expect(client.state).toBe("waiting");
  expect(upgrades).toHaveLength(0);
});

test("credentials that arrive after close() open no socket", async () => {
  let give: (token: string) => void = ignore;
  const credentials = (): Promise<string> => new Promise((resolve) => (give = resolve));
  const { client, upgrades } = stage({ credentials });
  client.connect().catch(ignore);
  await settle();
  await client.close();
  give("late");
  await settle();

  expect(upgrades).toHaveLength(0);
});

test("a close that comes before the socket has opened is decoded: Firefox shows one where others show both", async () => {
  const { client, upgrade, upgrades, clock } = stage();
  const answer = client.shop.place(order);
  (await upgrade()).fail(4426, "client-too-old contract=shop have=1.0.0 min=2.0.0 max=3.1.0");

  expect(await outcomeOf(answer)).toMatchObject({
    name: "UpgradeRequiredError",
    contract: "shop",
    supported: { floor: "2.0.0", newest: "3.1.0" },
  });
  await clock.advance(3_600_000);
  expect(upgrades).toHaveLength(1);
});
