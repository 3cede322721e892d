/** River over `ws` with its `BinaryCodec` on both ends; inputs are checked by River itself. */
import { createServer as createHttpServer } from "node:http";
import { createClient, createServer, Ok, Procedure, ServiceSchema } from "@replit/river";
import { BinaryCodec } from "@replit/river/codec";
import { WebSocketClientTransport } from "@replit/river/transport/ws/client";
import { WebSocketServerTransport } from "@replit/river/transport/ws/server";
import { Type } from "@sinclair/typebox";
import { WebSocket, WebSocketServer } from "ws";
import { nextItem } from "../values.mjs";

const Small = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  active: Type.Boolean(),
  score: Type.Number(),
  role: Type.String(),
});
const Order = Type.Object({
  id: Type.String(),
  customer: Type.Object({ id: Type.String(), name: Type.String(), email: Type.String() }),
  status: Type.String(),
  currency: Type.String({ minLength: 3, maxLength: 3 }),
  placedAt: Type.String(),
  express: Type.Boolean(),
  note: Type.Optional(Type.String()),
  lines: Type.Array(
    Type.Object({
      sku: Type.String(),
      title: Type.String(),
      quantity: Type.Integer(),
      unitPrice: Type.Integer(),
      taxRate: Type.Number(),
    }),
  ),
  total: Type.Integer(),
});
const Records = Type.Object({
  records: Type.Array(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      city: Type.String(),
      value: Type.Number(),
      active: Type.Boolean(),
      tags: Type.Array(Type.String()),
    }),
  ),
});
const Blob = Type.Object({ data: Type.Uint8Array() });

const echo = (type) =>
  Procedure.rpc({
    input: type,
    output: type,
    errors: Type.Never(),
    handler: async (_context, input) => Ok(input),
  });

const Bench = ServiceSchema.define({
  small: echo(Small),
  order: echo(Order),
  records: echo(Records),
  blob: echo(Blob),
  stream: Procedure.subscription({
    input: Type.Object({ count: Type.Integer() }),
    output: Small,
    errors: Type.Never(),
    async handler(_context, { count }, output) {
      for (let index = 0; index < count; index += 1) output.push(Ok(nextItem()));
      output.end();
    },
  }),
});

const options = { codec: BinaryCodec };

export const peer = {
  title: "River",
  serve: (port) =>
    new Promise((resolve) => {
      const http = createHttpServer();
      const wss = new WebSocketServer({ server: http, perMessageDeflate: false });
      createServer(new WebSocketServerTransport(wss, "server", options), { bench: Bench });
      http.listen(port, "127.0.0.1", resolve);
    }),
  async connect(port) {
    const id = `client-${Math.random()}`;
    const transport = new WebSocketClientTransport(
      async () => new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false }),
      id,
      options,
    );
    const client = createClient(transport, "server", true);
    return {
      async call(name, value) {
        const answer = await client.bench[name].rpc(value);
        if (!answer.ok) throw new Error(JSON.stringify(answer.payload));
        return answer.payload;
      },
      async stream(count, each) {
        const [items] = await client.bench.stream.subscribe({ count });
        let seen = 0;
        for await (const _item of items) {
          await each();
          if ((seen += 1) === count) break;
        }
      },
      close: () => transport.close(),
    };
  },
};
