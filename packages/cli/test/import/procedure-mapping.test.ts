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
  [{ "1": { a: { response, doc: ["Reads."] } } }, 'has a "doc" that is not a text'],
];

for (const [json, says] of broken) {
  test(`${JSON.stringify(json)} is refused: ${says}`, () => {
    expect(() => mappingFor(json, "1", "map.json")).toThrow(says);
  });
}
