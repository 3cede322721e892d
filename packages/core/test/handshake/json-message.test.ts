/** The peer's JSON is looked at member by member, and own members only. */
import { describe, expect, test } from "vitest";
import {
  amount,
  count,
  HandshakeFault,
  jsonMessage,
  list,
  member,
  object,
  text,
  texts,
  webUrl,
} from "../../src/handshake/json-message.ts";

describe("a first message that is no JSON object is refused in words", () => {
  test.each<readonly [message: string | Uint8Array, says: string]>([
    [Uint8Array.of(0x7b, 0x7d), "is binary"],
    ["", "is not a JSON object"],
    ["{", "is not a JSON object"],
    ["hello", "is not a JSON object"],
    ["null", "is not a JSON object"],
    ["[]", "is not a JSON object"],
    ['"hello"', "is not a JSON object"],
    ["7", "is not a JSON object"],
    [`{"a":"${"x".repeat(100)}"}`, "is over 100 bytes"],
  ])("%j", (message, says) => {
    expect(() => jsonMessage(message, 100)).toThrow(HandshakeFault);
    expect(() => jsonMessage(message, 100)).toThrow(says);
  });
});

test("the limit counts bytes of UTF-8, to the byte", () => {
  const message = JSON.stringify({ a: "é€😀" }); // 8 + 2 + 3 + 4

  expect(jsonMessage(message, 17)).toEqual({ a: "é€😀" });
  expect(() => jsonMessage(message, 16)).toThrow("over 16 bytes");
});

test("members that an object has by birth were not sent", () => {
  const message = jsonMessage("{}", 10);
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    expect(member(message, name)).toBeUndefined();
    expect(text(message, name)).toBeUndefined();
    expect(object(message, name)).toEqual({});
  }
});

test("a member called __proto__ is an own one, and changes no object", () => {
  const message = jsonMessage('{"__proto__": {"concordat": "hello"}}', 100);

  expect(member(message, "concordat")).toBeUndefined();
  expect(member(message, "__proto__")).toEqual({ concordat: "hello" });
  expect("concordat" in {}).toBe(false);
});

test("a member of another type counts as absent", () => {
  const message = jsonMessage('{"t":"abc","n":1.5,"w":3,"neg":-1,"l":[1,"a"],"o":{"x":1}}', 100);

  expect(text(message, "t")).toBe("abc");
  expect(text(message, "t", 2)).toBeUndefined();
  expect(text(message, "n")).toBeUndefined();
  expect(amount(message, "n")).toBe(1.5);
  expect(amount(message, "neg")).toBeUndefined();
  expect(amount(message, "t")).toBeUndefined();
  expect(count(message, "w")).toBe(3);
  expect(count(message, "n")).toBeUndefined();
  expect(list(message, "l")).toEqual([1, "a"]);
  expect(list(message, "o")).toEqual([]);
  expect(texts(message, "l")).toEqual(["a"]);
  expect(object(message, "o")).toEqual({ x: 1 });
  expect(object(message, "l")).toEqual({});
});

test("only an address of the web is an address", () => {
  expect(webUrl("https://example.com/app?x=1#y")).toBe("https://example.com/app?x=1#y");
  expect(webUrl("HTTP://example.com")).toBe("HTTP://example.com");
  for (const url of [
    "javascript:alert(1)",
    "data:text/html,x",
    "//example.com",
    "ftp://example.com",
    " https://example.com",
    "https://a b",
    "https://",
    "x\nhttps://example.com",
    undefined,
  ]) {
    expect(webUrl(url)).toBeUndefined();
  }
});
