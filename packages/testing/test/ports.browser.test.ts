/** A browser's own MessagePort keeps the promises of a transport. */
import { messagePortTransport } from "@concordat/core/transport";
import { describe, expect, test } from "vitest";
import { callCases, encodings, type OpenPipe, transportCases } from "../src/index.ts";

const open: OpenPipe = async () => {
  const { port1, port2 } = new MessageChannel();
  return [messagePortTransport(port1), messagePortTransport(port2)];
};

test.each(transportCases)("$title", async ({ run }) => {
  await expect(run(open)).resolves.toBeUndefined();
});

describe.each(encodings)("in %s", (encoding) => {
  test.each(callCases)("$title", { timeout: 30_000 }, async ({ run }) => {
    await expect(run({ open, encoding })).resolves.toBeUndefined();
  });
});
