/** Names as objects within objects. */
import { expect, test } from "vitest";
import { nameTree } from "../../src/contract/name-tree.ts";

test("groups nest as names say, in the order in which they come", () => {
  const tree = nameTree([
    ["list", 1],
    ["tools/list", 2],
    ["tools/of/all", 3],
    ["tools/call", 4],
  ]);

  expect(JSON.stringify(tree)).toBe('{"list":1,"tools":{"list":2,"of":{"all":3},"call":4}}');
});

test("nothing is there that was not named", () => {
  const { group = {} } = nameTree([["group/member", 1]]);

  expect(Reflect.get(nameTree([]), "constructor")).toBeUndefined();
  expect(Object.getPrototypeOf(group)).toBeNull();
});
