/** A contract's source is enough for both sides, under its fingerprint alone. */
import { type TSchema, Type } from "typebox";
import { expect, test } from "vitest";
import { serverStream, unary } from "../../src/contract/procedure.ts";
import { defineContract } from "../../src/release/define-contract.ts";
import { ContractError } from "../../src/release/problem.ts";
import { workingTree } from "../../src/release/server-contract.ts";
import { messageBytes } from "../../src/codec/message-codec.ts";
import { Reader } from "../../src/codec/read/reader.ts";
import { Writer } from "../../src/codec/write/writer.ts";
import { Mismatch } from "../../src/schema/shape.ts";

const orders = defineContract("orders", {
  place: unary({
    request: Type.Object({ sku: Type.String() }),
    response: Type.String(),
    errors: { out_of_stock: Type.Object({ left: Type.Integer() }) },
  }),
  events: { watch: serverStream({ request: Type.Object({}), response: Type.Integer() }) },
});

test("it is offered without a release, and served as a working tree of the same fingerprint", () => {
  expect(orders.offers).toEqual([{ fingerprint: orders.draft.fingerprint }]);
  expect(orders.history).toEqual([{ ...orders.draft, release: workingTree, previous: null }]);
});

test("groups join their names", () => {
  expect(orders.procedures.map(({ name, kind }) => [name, kind])).toEqual([
    ["events/watch", "serverStream"],
    ["place", "unary"],
  ]);
});

test("its codecs check and strip", () => {
  const place = orders.procedures.find(({ name }) => name === "place");

  const [to, from] = [new Writer(), new Reader()];
  const budget = { depth: 64, values: 1_000 };
  const write = (value: unknown): Uint8Array | undefined =>
    place && messageBytes(place.request, to, value);

  expect(write({ sku: "A", more: 1 })).toEqual(write({ sku: "A" }));
  expect(() => write({})).toThrow(Mismatch);
  const detail = place?.errors?.["out_of_stock"]?.read(from, Uint8Array.of(0x91, 2), budget);
  expect(detail).toEqual({ left: 2 });
});

test("what cannot be frozen is told at once", () => {
  expect(() =>
    defineContract("orders", { place: unary({ request: Type.Void(), response: Type.Null() }) }),
  ).toThrow(ContractError);
});

function fingerprintOfPlace(response: TSchema): string {
  return defineContract("orders", { place: unary({ request: Type.Object({}), response }) }).draft
    .fingerprint;
}

test("two sources that say the same have the same fingerprint, another one has not", () => {
  expect(fingerprintOfPlace(Type.String())).toBe(fingerprintOfPlace(Type.String()));
  expect(fingerprintOfPlace(Type.String())).not.toBe(fingerprintOfPlace(Type.Number()));
});
