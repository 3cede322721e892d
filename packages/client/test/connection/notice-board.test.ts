/** What a welcome says about a program's age. */
import { expect, test } from "vitest";

import type { ClientEvents } from "../../src/connection/client-events.ts";
import { NoticeBoard } from "../../src/connection/notice-board.ts";
import { Listeners } from "../../src/connection/listeners.ts";
import type { WelcomedContract } from "@concordat/core/internal";

const fingerprint = `sha256:${"a".repeat(64)}`;

function told(
  offered: string | undefined,
  contract: Partial<WelcomedContract>,
): readonly unknown[] {
  const listeners = new Listeners<ClientEvents>((run) => run());
  const events: unknown[] = [];
  listeners.on("upgradeAvailable", (event) => events.push(event));
  const offers = [offered === undefined ? { fingerprint } : { release: offered, fingerprint }];
  const board = new NoticeBoard({ listeners, contracts: [{ name: "orders", offers }] });
  board.welcome({
    contracts: [{ name: "orders", release: offered, fingerprint, ...contract }],
  } as unknown as Parameters<NoticeBoard["welcome"]>[0]); // the rest of a welcome is not looked at
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
