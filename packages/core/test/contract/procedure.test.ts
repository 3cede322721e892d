/** The four builders write down what their author said, and the kind. */
import { Type } from "typebox";
import { expect, test } from "vitest";
import { bidiStream, clientStream, serverStream, unary } from "../../src/contract/procedure.ts";
import { procedureKinds } from "../../src/contract/procedure-kind.ts";

const builders = { unary, serverStream, clientStream, bidiStream };

test("there is one builder for each kind", () => {
  expect(Object.keys(builders)).toEqual(Object.keys(procedureKinds));
});

test.each(Object.entries(builders))("%s keeps every option and adds its kind", (kind, build) => {
  const options = {
    request: Type.String(),
    response: Type.Null(),
    errors: { out_of_stock: Type.Null() },
    idempotent: true,
    doc: "Places an order.",
  };

  const procedure = build(options);

  expect(procedure).toEqual({ kind, ...options });
  expect(Object.isFrozen(procedure)).toBe(true);
});
