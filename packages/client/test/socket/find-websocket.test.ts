/** Which WebSocket is dialled with, and what is said where there is none. */
import { afterEach, expect, test, vi } from "vitest";
import { createClient } from "../../src/index.ts";
import { findWebSocket } from "../../src/socket/node-socket.ts";
import { shop } from "../fixture/shop.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

class Other {
  binaryType = "";
  bufferedAmount = 0;
  readonly send = (): void => undefined;
  readonly close = (): void => undefined;
  readonly addEventListener = (): void => undefined;
  readonly removeEventListener = (): void => undefined;
}

test("the one that was given is used, also where the platform has one", () => {
  vi.stubGlobal("WebSocket", class extends Other {});

  expect(findWebSocket(Other)).toBe(Other);
});

test("the platform's is used where none was given", () => {
  vi.stubGlobal("WebSocket", Other);

  expect(findWebSocket(undefined)).toBe(Other);
});

test("where there is none, making a client says what to install and where to pass it", () => {
  vi.stubGlobal("WebSocket", undefined);

  expect(() => createClient({ url: "ws://x", contracts: { shop } })).toThrow(
    /no global WebSocket .* install "ws".*createClient\(\{ WebSocket/,
  );
});
