/** The builders write down what their author said, and the kind. */
import { Type } from "typebox";
import { expect, test } from "vitest";
import {
  bidiStream,
  clientNotification,
  clientStream,
  serverNotification,
  serverStream,
  unary,
} from "../../src/contract/procedure.ts";
import { procedureKinds } from "../../src/contract/procedure-kind.ts";

const builders = { unary, serverStream, clientStream, bidiStream };
const notifications = { clientNotification, serverNotification };

test("there is one builder for each kind", () => {
  expect(Object.keys({ ...builders, ...notifications })).toEqual(Object.keys(procedureKinds));
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

test.each(Object.entries(notifications))(
  "%s keeps every option, and has a message from one side only",
  (kind, build) => {
    const options = { auth: ["orders"], limits: { callsPerMinute: 9 }, doc: "Something moved." };
    const message = Type.String();

    const procedure = build({ message, ...options });

    const never = { not: {} };
    const messages =
      kind === "clientNotification"
        ? { request: message, response: never }
        : { request: never, response: message };
    expect(procedure).toEqual({ kind, ...messages, ...options });
    expect(Object.isFrozen(procedure)).toBe(true);
  },
);
