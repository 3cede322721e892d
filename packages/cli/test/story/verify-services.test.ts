/** A project with releases, stubs and a module of services, and the command as a process that calls their handlers. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { Outcome } from "../../src/run.ts";
import { lastingFolder, type ProjectFolder } from "../project-folder.ts";

const money = `Type.Object({ amount: Type.Integer(), currency: Type.String() }, { $id: "Money" })`;

/** The source of one release: what an order asks for, and what it costs. */
function contract(request: string, total: string): string {
  return `
import { clientNotification, clientStream, defineContract, serverStream, unary } from "@concordat/core";
import { Type } from "typebox";
export const orders = defineContract("orders", {
  place: unary({
    request: Type.Object({ sku: Type.String(), quantity: Type.Integer({ minimum: 1 }), note: Type.Optional(Type.String())${request} }),
    response: Type.Object({ id: Type.String(), total: ${total} }),
    errors: { sold_out: Type.Object({ sku: Type.String() }) },
  }),
  add: clientStream({ request: Type.Object({ sku: Type.String() }), response: Type.Integer() }),
  watch: serverStream({ request: Type.Object({ id: Type.String() }), response: Type.String() }),
  seen: clientNotification({ message: Type.Object({ id: Type.String() }) }),
});
`;
}

const adapters = `
import { defineAdapter } from "@concordat/server";
import type { Procedures as Older } from "./generated/orders/releases/1.0.0/types.ts";
import type { Procedures as Newer } from "./generated/orders/releases/2.0.0/types.ts";
export const from1to2 = defineAdapter<Older, Newer>({
  from: "1.0.0",
  to: "2.0.0",
  procedures: {
    place: {
      request: (older) => ({ ...older, currency: "EUR" }),
      response: (newer) => ({ ...newer, total: newer.total.amount / 100 }),
    },
  },
});
`;

const right = {
  place: `({ sku, quantity, currency }) {
    if (sku === "A-0" || quantity > 1_000) {
      const detail = { name: "sold_out", value: { sku } };
      throw new ConcordatError("failed_precondition", "It is sold out.", { detail });
    }
    return { id: "o-1", total: { amount: quantity, currency } };
  }`,
  add: `async add(items) {
    let count = 0;
    for await (const _ of items) count += 1;
    return count;
  }`,
  watch: `async *watch(_request, { signal }) {
    yield "placed";
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
  }`,
  seen: `seen() {}`,
};

/** A module as it stands beside a server: it holds on to something, and listens to nobody. */
function services(handlers: Partial<typeof right>): string {
  const { place, add, watch, seen } = { ...right, ...handlers };
  return `
import { ConcordatError, implement } from "@concordat/server";
import { from1to2 } from "./adapters.ts";
import { orders } from "./generated/orders/server.ts";
const stock = setInterval(() => undefined, 1_000);
export const ordersService = implement(orders, {
  adapters: [from1to2],
  handlers: { place${place}, ${add}, ${watch}, ${seen} },
});
`;
}

let folder: ProjectFolder;

/** A project that was released twice and generated, as its owner has it. */
beforeAll(async () => {
  folder = await lastingFolder();
  await folder.write("package.json", { type: "module" });
  await folder.write("concordat.config.json", {
    contracts: "contracts",
    sources: { orders: "src/contract.ts" },
    generate: [{ contract: "orders", out: "src/generated/orders", as: "ts" }],
  });
  await folder.write("src/contract.ts", contract("", "Type.Number()"));
  await released("--first", "1.0.0");
  await folder.write("src/contract.ts", contract(", currency: Type.String()", money));
  await released();
  await folder.run("generate");
  await folder.write("src/adapters.ts", adapters);
});

afterAll(() => folder.remove());

/** As a process of its own: what was imported once is not imported again. */
async function released(...words: readonly string[]): Promise<void> {
  const { exitCode, stderr } = await folder.start("release", ...words);
  if (exitCode !== 0) throw new Error(stderr);
}

/** Verifies the services with these handlers. */
async function verified(
  handlers: Partial<typeof right>,
  ...words: readonly string[]
): Promise<Outcome> {
  await folder.write("src/services.ts", services(handlers));
  return folder.start("verify", "--services", "src/services.ts", "--values", "8", ...words);
}

test("handlers that keep their contract pass, and the process ends although they hold on to something", async () => {
  const verify = await verified({}, "--own");

  expect(verify).toMatchObject({ exitCode: 0, stderr: "" });
  expect(verify.stdout).toMatch(/orders: 2 releases .* nothing found/);
  expect(verify.stdout).toMatch(/1\.0\.0 +4 /);
  expect(verify.stdout).toMatch(/2\.0\.0 +4 /);
});

test("a contract of which the module has no service is refused, with those that it has", async () => {
  const verify = await verified({}, "bills");

  expect(verify.exitCode).toBe(2);
  expect(verify.stderr).toContain("src/services.ts exports no service of bills; it has orders.");
});

test("without --own the services' adapters are verified, and no handler is called", async () => {
  const verify = await verified({ place: `() { process.exit(9); }` });

  expect(verify).toMatchObject({ exitCode: 0, stderr: "" });
  expect(verify.stdout).toContain("1 (");
});

describe("found, with the smallest messages that show it", () => {
  test("a handler that fails on a message that its contract allows", async () => {
    const verify = await verified(
      {
        place: `({ note, quantity, currency }) {
        if (note !== undefined) throw new TypeError("a note has a first character");
        return { id: "o-1", total: { amount: quantity, currency } };
      }`,
      },
      "--own",
    );

    expect(verify.exitCode).toBe(1);
    expect(verify.stderr).toContain("orders/place 1.0.0: The call failed");
    expect(verify.stderr).toContain("TypeError: a note has a first character");
    expect(verify.stderr).toContain('sent: {"note":"","quantity":1,"sku":""}');
    expect(verify.stderr).toContain('sent: {"currency":"","note":"","quantity":1,"sku":""}');
  });

  test("an answer that is no message of the newest release", async () => {
    const verify = await verified(
      {
        place: `({ quantity, currency }) { return { id: "o-1", total: { amount: quantity / 2, currency } }; }`,
      },
      "--own",
    );

    expect(verify.exitCode).toBe(1);
    expect(verify.stderr).toContain("path: /total/amount");
    expect(verify.stderr).toContain('sent: {"quantity":1,"sku":""}');
  });

  test("a call that is never answered, and a notification whose handler fails", async () => {
    const verify = await verified(
      {
        add: `add: () => new Promise(() => undefined)`,
        seen: `async seen({ id }) { await undefined; id.at(0).trim(); }`,
      },
      "--own",
    );

    expect(verify.exitCode).toBe(1);
    expect(verify.stderr).toContain("orders/add 1.0.0: The call was not answered in time.");
    expect(verify.stderr).toContain("orders/seen 1.0.0: The call failed");
    expect(verify.stderr).toContain('sent: {"id":""}');
  });
});

test("a procedure that refuses every call is said to have shown nothing", async () => {
  const verify = await verified(
    {
      place: `() { throw new ConcordatError("unauthenticated", "Who is it?"); }`,
    },
    "--own",
  );

  expect(verify).toMatchObject({ exitCode: 0, stderr: "" });
  expect(verify.stdout).toContain("place 1.0.0: every call (8) was refused by the handler.");
});
