/** What a welcome may say to this client, and what it may not. */
import { announce, HandshakeFault, limitsWith, type Welcome } from "@concordat/core/internal";
import { describe, expect, test } from "vitest";
import { Negotiated, type OwnContract } from "../../src/connection/negotiated.ts";

const limits = limitsWith();
const orders: OwnContract = {
  name: "orders",
  offers: [
    { release: "2.1.0", fingerprint: "sha256:new" },
    { release: "2.0.0", fingerprint: "sha256:old", lacks: { refund: "2.1.0" } },
  ],
  procedures: [],
};
const mcp: OwnContract = { ...orders, name: "mcp", optional: true };

function welcome(facts: Partial<Welcome>): Welcome {
  return {
    wire: 1,
    encoding: "positional",
    contracts: [{ name: "orders", release: "2.1.0", fingerprint: "sha256:new" }],
    early: "accepted",
    server: {},
    capabilities: [],
    limits: announce((name) => limits[name]),
    ...facts,
  };
}

const older = { name: "orders", release: "2.0.0", fingerprint: "sha256:old" };
const absent = { name: "mcp", release: undefined, fingerprint: undefined };

test("before the welcome the first offer counts", () => {
  const presumed = Negotiated.presumed([orders]);

  expect(presumed.objection("orders", "refund")).toBeUndefined();
  expect([...presumed.releases]).toEqual([["orders", "2.1.0"]]);
});

test("a procedure that the negotiated release lacks is refused with the release that has it", () => {
  const negotiated = Negotiated.from(welcome({ contracts: [older] }), [orders]);

  expect(negotiated.objection("orders", "refund")).toMatchObject({
    code: "unimplemented",
    origin: "local",
    rawMessage: "orders/refund needs a server with orders 2.1.0; this connection speaks 2.0.0.",
  });
  expect(negotiated.objection("orders", "place")).toBeUndefined();
});

test("names that every object has by birth are lacked by nobody", () => {
  const negotiated = Negotiated.from(welcome({ contracts: [older] }), [orders]);

  for (const name of ["toString", "constructor", "__proto__", "hasOwnProperty"]) {
    expect(negotiated.objection("orders", name)).toBeUndefined();
  }
});

test("an optional contract may be absent: its calls alone fail, and it has no release", () => {
  const negotiated = Negotiated.from(welcome({}), [orders, mcp]);

  expect(negotiated.objection("mcp", "list")).toMatchObject({ code: "unimplemented" });
  expect(negotiated.objection("orders", "place")).toBeUndefined();
  expect([...negotiated.releases.keys()]).toEqual(["orders"]);
});

test("a working tree is spoken under no number", () => {
  const tree: OwnContract = { ...orders, offers: [{ fingerprint: "sha256:tree" }] };
  const said = { name: "orders", release: undefined, fingerprint: "sha256:tree" };

  expect([...Negotiated.from(welcome({ contracts: [said] }), [tree]).releases]).toEqual([
    ["orders", "unreleased"],
  ]);
});

describe("a welcome is rejected when", () => {
  test.each<[string, Partial<Welcome>, readonly OwnContract[]]>([
    [
      "it names a release that was never offered",
      { contracts: [{ ...older, fingerprint: "sha256:x" }] },
      [orders],
    ],
    ["it leaves out a contract that is needed", { contracts: [] }, [orders]],
    ["it calls a needed contract absent", { contracts: [{ ...absent, name: "orders" }] }, [orders]],
    ["it names a wire revision that was never offered", { wire: 2 }, [orders]],
    ["it names an encoding that was never offered", { encoding: "xml" }, [orders]],
  ])("%s", (_, facts, contracts) => {
    expect(() => Negotiated.from(welcome(facts), contracts)).toThrow(HandshakeFault);
  });
});
