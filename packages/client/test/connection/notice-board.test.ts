/** What a welcome says about a program's age. */
import type { Notice } from "@concordat/core";
import { expect, test } from "vitest";

import type { ClientEvents } from "../../src/connection/client-events.ts";
import { NoticeBoard } from "../../src/connection/notice-board.ts";
import { Listeners } from "../../src/connection/listeners.ts";
import type { WelcomedContract } from "@concordat/core/internal";

const fingerprint = `sha256:${"a".repeat(64)}`;

function boardOf(offered: string | undefined) {
  const listeners = new Listeners<ClientEvents>((run) => run());
  const events: unknown[] = [];
  const notices: unknown[] = [];
  listeners.on("upgradeAvailable", (event) => events.push(event));
  listeners.on("notice", (notice) => notices.push(notice));
  const offers = [offered === undefined ? { fingerprint } : { release: offered, fingerprint }];
  const board = new NoticeBoard({ listeners, contracts: [{ name: "orders", offers }] });
  const welcome = (contract: Partial<WelcomedContract>): void =>
    board.welcome({
      contracts: [{ name: "orders", release: offered, fingerprint, ...contract }],
    } as unknown as Parameters<NoticeBoard["welcome"]>[0]); // the rest of a welcome is not looked at
  return { board, welcome, events, notices };
}

function told(
  offered: string | undefined,
  contract: Partial<WelcomedContract>,
): readonly unknown[] {
  const { welcome, events } = boardOf(offered);
  welcome(contract);
  return events;
}

test("a newer release than the newest that this program knows is news, with the notice of the spoken one", () => {
  const notice = { sunset: "2030-01-01" };

  expect(told("1.2.0", { newest: "1.10.0", notice })).toEqual([
    { contract: "orders", release: "1.2.0", newest: "1.10.0", notice },
  ]);
});

test("what is about a working tree, or a contract of somebody else, is not", () => {
  expect(told(undefined, { newest: "9.0.0" })).toEqual([]);
  expect(told("1.2.0", { name: "other", newest: "9.0.0" })).toEqual([]);
  expect(told("1.2.0", {})).toEqual([]);
});

test("the same news is told once, however often the client connects", () => {
  const { welcome, events, notices } = boardOf("1.2.0");
  const notice = { sunset: "2030-01-01" };
  for (let count = 0; count < 3; count += 1) welcome({ newest: "1.10.0", notice });
  expect(events).toHaveLength(1);
  expect(notices).toEqual([{ ...notice, contract: "orders", release: "1.2.0" }]);

  welcome({ newest: "1.11.0", notice });
  expect(events).toHaveLength(2);
  expect(notices).toHaveLength(1);
});

test("a sunset that was moved is a notice, and makes no news of a newer release that is none", () => {
  const { welcome, events, notices } = boardOf("1.2.0");
  for (const sunset of ["2030-01-01", "2030-06-30"])
    welcome({ newest: "1.10.0", notice: { sunset } });

  expect(notices).toMatchObject([{ sunset: "2030-01-01" }, { sunset: "2030-06-30" }]);
  expect(events).toMatchObject([{ newest: "1.10.0", notice: { sunset: "2030-01-01" } }]);
});

test("a sunset that was moved and is moved back is told again: what was heard last would be wrong", () => {
  const { welcome, notices } = boardOf("1.2.0");
  const days = ["2030-01-01", "2030-06-30", "2030-06-30", "2030-01-01", "2030-01-01"];
  for (const sunset of days) welcome({ notice: { sunset } });

  expect(notices).toMatchObject([
    { sunset: "2030-01-01" },
    { sunset: "2030-06-30" },
    { sunset: "2030-01-01" },
  ]);
});

test("a day that was called off in words is told, and silence takes nothing back", () => {
  const { welcome, notices } = boardOf("1.2.0");
  const [day, stays] = [{ sunset: "2030-01-01" }, { message: "1.2.0 stays." }];
  for (const notice of [day, undefined, day, stays, undefined, stays])
    welcome(notice === undefined ? {} : { notice });

  expect(notices).toMatchObject([day, stays]);
});

test("a welcome without a notice tells none, and the notice of a working tree names no release", () => {
  const released = boardOf("1.2.0");
  released.welcome({ newest: "1.10.0" });
  expect(released.notices).toEqual([]);

  const tree = boardOf(undefined);
  tree.welcome({ notice: { sunset: "2030-01-01" } });
  expect(tree.notices).toStrictEqual([{ sunset: "2030-01-01", contract: "orders" }]);
});

function numbered(count: number): Notice {
  return { contract: "orders", sunset: `2030-01-01 ${count}` };
}

test("a server that never says the same twice fills no memory: after a hundred notices all are news again", () => {
  const { board, notices } = boardOf("1.2.0");
  for (let count = 0; count < 100; count += 1) board.tell(numbered(count));
  board.tell(numbered(0));
  expect(notices).toHaveLength(100);

  board.tell(numbered(100));
  board.tell(numbered(0));
  expect(notices).toHaveLength(102);
});
