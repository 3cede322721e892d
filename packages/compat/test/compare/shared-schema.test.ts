/** Schemas that say the same are compared once; what is said of them names each at its own place. */
import type { Schema } from "@concordat/core";
import { expect, test } from "vitest";
import { every, madeUpRelease } from "../../bench/contract.ts";
import { compareReleases, compareSchemas, createValidator } from "../../src/index.ts";

const object = (properties: { [name: string]: Schema }, ...required: string[]): Schema => ({
  type: "object",
  properties,
  required,
});

/** A document with definitions. */
function holding(root: Schema, definitions: { [name: string]: Schema }): Schema {
  // A bare schema may carry its definitions; the contract's type of a schema does not name them.
  return Object.assign({ definitions }, root);
}

test("the same broken schema at two places is named at both", () => {
  const broken = { type: "string", minLength: -1 } as const;

  const { changes } = compareSchemas(
    object({ a: { ...broken }, b: { ...broken } }),
    object({}),
    "request",
  );

  const named = changes.map(({ message }) => /"?(\/properties[^ :]*)/.exec(message)?.[1]);
  expect(named).toEqual(["/properties/a/minLength", "/properties/b/minLength"]);
});

function holdingThrice(type: "number" | "integer"): Schema {
  return object({ a: { type }, b: { type }, c: object({ d: { type } }) });
}

test("the same change at several places is told at each", () => {
  const { changes } = compareSchemas(holdingThrice("number"), holdingThrice("integer"), "request");

  expect(changes.map(({ path }) => path)).toEqual(["/a", "/b", "/c/d"]);
});

test("a reference means its target: a default that is stated there is filled in, a new name is told", () => {
  const before = holding(object({ kept: { $ref: "#/definitions/Old" } }), {
    Old: { type: "string" },
  });
  const after = holding(
    object(
      { kept: { $ref: "#/definitions/New" }, added: { $ref: "#/definitions/Count" } },
      "added",
    ),
    { New: { type: "string" }, Count: { type: "integer", minimum: 1, default: 7 } },
  );

  const { changes } = compareSchemas(before, after, "request");

  expect(changes.map(({ rule, path }) => [rule, path])).toEqual([
    ["required-property-added-with-default", "/added"],
    ["definition-renamed", "/kept"],
  ]);
  expect(changes[0]?.adapter).toEqual([{ step: "default", at: "", name: "added", value: 7 }]);
});

test("every witness in a large release is what its message's sender emits and its receiver refuses", () => {
  const size = { procedures: 20, types: 40 };
  const first = madeUpRelease(size, "1.0.0");
  const before = first.release;
  const after = madeUpRelease(size, "1.1.0", every(3), first).release;
  const valid = {
    before: createValidator(before.definitions),
    after: createValidator(after.definitions),
  };

  const broken = compareReleases(before, after).changes.filter(
    ({ verdict }) => verdict === "breaking",
  );

  expect(broken.length).toBeGreaterThan(200);
  for (const { procedure = "", position, direction, witness } of broken) {
    const isFromOld = (direction === "old-client-new-server") === (position === "request");
    const message = position === "request" ? "request" : "response";
    const schemas = {
      before: before.procedures[procedure]?.[message] ?? true,
      after: after.procedures[procedure]?.[message] ?? true,
    };
    const [sender, receiver] = isFromOld
      ? (["before", "after"] as const)
      : (["after", "before"] as const);
    expect(valid[sender](schemas[sender], witness)).toBe(true);
    expect(valid[receiver](schemas[receiver], witness)).toBe(false);
  }
});
