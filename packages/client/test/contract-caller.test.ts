/** Procedures as functions: how they are called. */
import { defineContract, serverStream, unary } from "@concordat/core";
import { createServer, implement } from "@concordat/server";
import { FakeClock, memoryWebSocket } from "@concordat/testing";
import { Type } from "typebox";
import { expect, test } from "vitest";

import { createClient } from "../src/index.ts";

const Page = Type.Object({ cursor: Type.Optional(Type.String()) });
const box = defineContract("box", {
  tools: {
    list: unary({ request: Page, response: Type.String() }),
    each: serverStream({ request: Page, response: Type.String() }),
  },
});

function seen(request: object): string {
  return `asked with ${JSON.stringify(request)}`;
}

test("a request that may be empty can be left out, as the types of stubs say", async () => {
  const clock = new FakeClock();
  const handlers = {
    tools: {
      list: seen,
      async *each(request: object) {
        yield seen(request);
      },
    },
  };
  const server = createServer({ clock, services: [implement(box, { handlers })] });
  const WebSocket = memoryWebSocket((upgrade) => server.accept(upgrade.accept()));
  const client = createClient({ url: "ws://box", contracts: { box }, WebSocket, clock });
  // What a generated stub types as optional is required in the types of a contract's source.
  const tools = client.box.tools as unknown as {
    readonly list: () => Promise<string>;
    readonly each: () => AsyncIterable<string>;
  };

  expect(await tools.list()).toBe("asked with {}");
  for await (const item of tools.each()) expect(item).toBe("asked with {}");
  await client.close();
  await server.close();
});
