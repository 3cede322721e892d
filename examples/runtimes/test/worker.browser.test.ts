/** The example with a real worker of a real browser. */
import { expect, test } from "vitest";
import { clientOf } from "../src/beside-worker.ts";

test("a page calls the server in its worker", async () => {
  const worker = new Worker(new URL("../src/worker.ts", import.meta.url), { type: "module" });
  const client = clientOf(worker);

  expect(await client.greeter.greet({ name: "Ada" })).toBe("Hello, Ada!");
  const items: number[] = [];
  for await (const item of client.greeter.count({ to: 1_000 })) items.push(item);
  expect(items).toHaveLength(1_000);
  await client.close();
  worker.terminate();
});
