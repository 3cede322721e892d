/** Where lines break. */
import { expect, test } from "vitest";
import {
  call,
  choice,
  list,
  member,
  objectLiteral,
  objectType,
  sequence,
} from "../../src/emit/code.ts";
import { print } from "../../src/emit/print.ts";

const long = (letter: string): string => letter.repeat(60);

test("what fits into a hundred columns stays on one line", () => {
  const code = member("kind", list(['"a"', '"b"']));

  expect(print(code)).toBe('kind: ["a", "b"]');
  expect(print(objectLiteral([]))).toBe("{}");
  expect(print(sequence("x".repeat(90), objectType([{ code: "a" }]))).length).toBe(95);
});

test("the line is full at a hundred columns, what follows on it included", () => {
  const fitting = sequence(
    "f",
    { open: "(", items: [{ code: "a".repeat(96) }], close: ")", separator: "," },
    ";",
  );
  const wider = sequence(fitting, ";");

  expect(print(fitting)).toHaveLength(100);
  expect(print(wider)).toBe(`f(\n  ${"a".repeat(96)},\n);;`);
});

test("of a call's arguments only the last one is broken, when it is an object", () => {
  expect(
    print(call("object", [objectLiteral([member("a", long("a")), member("b", long("b"))])])),
  ).toBe(`object({\n  a: ${long("a")},\n  b: ${long("b")},\n})`);
  expect(
    print(call("array", ["x", objectLiteral([member("a", long("a")), member("b", long("b"))])])),
  ).toBe(`array(x, {\n  a: ${long("a")},\n  b: ${long("b")},\n})`);
});

test("otherwise each argument stands on a line of its own", () => {
  expect(print(call("union", [call(long("a"), []), call(long("b"), [])]))).toBe(
    `union(\n  ${long("a")}(),\n  ${long("b")}(),\n)`,
  );
  expect(
    print(
      call("object", [
        objectLiteral([member("a", long("a"))]),
        objectLiteral([member("b", long("b"))]),
      ]),
    ),
  ).toBe(`object(\n  { a: ${long("a")} },\n  { b: ${long("b")} },\n)`);
});

test("alternatives that do not fit stand below each other", () => {
  const type = { left: "type X", operator: " =", right: choice([long("a"), long("b")]) } as const;

  expect(print(type)).toBe(`type X =\n  | ${long("a")}\n  | ${long("b")}`);
});

test("equal alternatives stand once, and none is never", () => {
  expect(print(choice(["a", "b", "a"]))).toBe("a | b");
  expect(print(choice(["a", "a"]))).toBe("a");
  expect(print(choice([]))).toBe("never");
});

test("a member with a comment breaks its block", () => {
  expect(print(objectType([{ code: "a: string", doc: ["Why."] }]))).toBe(
    "{\n  /** Why. */\n  a: string;\n}",
  );
});

test("a text that is too long begins below its name", () => {
  const text = `"${long("a")}${long("b")}"`;

  expect(print(objectLiteral([member("doc", text)]))).toBe(`{\n  doc:\n    ${text},\n}`);
});
