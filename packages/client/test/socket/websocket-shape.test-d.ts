/** The WebSockets that there are fit the shape that the client asks for. */
import { expectTypeOf, test } from "vitest";
import type WebSocketOfWs from "ws";
import type { WebSocketConstructor } from "../../src/index.ts";

test("the WebSocket of ws, and that of a browser, fit without a cast", () => {
  expectTypeOf<typeof WebSocketOfWs>().toExtend<WebSocketConstructor>();
  expectTypeOf<typeof globalThis.WebSocket>().toExtend<WebSocketConstructor>();
});
