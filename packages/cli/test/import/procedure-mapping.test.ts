/** A mapping file says what it means, or is refused with the place. */
import { expect, test } from "vitest";

import { mappingFor } from "../../src/import/procedure-mapping.ts";

const response = "#/definitions/A";

test("a revision without an entry of its own has the one called *", () => {
  const json = { "*": { a: { response } }, "2": { b: { response } } };

  expect([...mappingFor(json, "1", "map.json").keys()]).toEqual(["a"]);
  expect([...mappingFor(json, "2", "map.json").keys()]).toEqual(["b"]);
});

test("what a mapping leaves out is unary, required, and without parameters", () => {
  expect(mappingFor({ "1": { a: { response } } }, "1", "map.json").get("a")).toEqual({
    kind: "unary",
    presence: "required",
    request: { type: "object", properties: {} },
    response,
    errors: new Map(),
    idempotent: false,
  });
});

test("what a mapping says of a procedure is carried over", () => {
  const said = { requestOptional: true, idempotent: true, deprecated: { since: "2.0.0" } };
  const mapping = mappingFor({ "1": { a: { response, ...said, doc: "Reads." } } }, "1", "map.json");

  expect(mapping.get("a")).toMatchObject({
    presence: "optional",
    idempotent: true,
    deprecated: { since: "2.0.0" },
    doc: "Reads.",
  });
});

test("a notification has one message, and nothing stands for the other", () => {
  const json = {
    "1": {
      seen: { kind: "clientNotification", request: response },
      changed: { kind: "serverNotification", response },
    },
  };
  const mapping = mappingFor(json, "1", "map.json");

  expect(mapping.get("seen")).toMatchObject({ request: response, response: false });
  expect(mapping.get("changed")).toMatchObject({ request: false, response });
});

const broken: readonly (readonly [json: unknown, says: string])[] = [
  [[], "map.json is not a JSON object"],
  [{ "2": {} }, 'no procedures for revision "1"; it has 2'],
  [{ "1": { "a b": { response } } }, "1 a b is not the name of a procedure"],
  [{ "1": { a: true } }, "1 a is not an object"],
  [{ "1": { a: { response, respones: 1 } } }, 'a member "respones"'],
  [{ "1": { a: { request: response } } }, '1 a has no "response"'],
  [{ "1": { a: { response, kind: "stream" } } }, "none of unary, serverStream"],
  [{ "1": { a: { response, errors: [] } } }, "errors that are not an object"],
  [{ "1": { a: { response, idempotent: "true" } } }, 'has "idempotent", which is neither true nor'],
  [{ "1": { a: { response, requestOptional: 1 } } }, 'has "requestOptional", which is neither'],
  [{ "1": { a: { response, deprecated: "soon" } } }, "a deprecation that is not an object"],
  [{ "1": { a: { kind: "clientNotification", response } } }, 'has a "response", which no'],
  [{ "1": { a: { kind: "serverNotification", response, request: {} } } }, 'has a "request", which'],
  [{ "1": { a: { response, doc: ["Reads."] } } }, 'has a "doc" that is not a text'],
];

for (const [json, says] of broken) {
  test(`${JSON.stringify(json)} is refused: ${says}`, () => {
    expect(() => mappingFor(json, "1", "map.json")).toThrow(says);
  });
}
