/** The protocol's own examples of newest messages, as each older client would get them. */
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

import { adapters } from "../../src/adapters/adapters.ts";
import { conformed, older } from "../fixture/conversion.ts";

interface PublishedExample {
  readonly example: string;
  readonly procedure: string;
  readonly message: unknown;
}

const file = new URL("../fixture/published-examples.json", import.meta.url);
const examples = JSON.parse(await readFile(file, "utf8")) as readonly PublishedExample[]; // ours

test.each(examples)(
  "$example ($procedure) reaches every older client",
  ({ procedure, message }) => {
    let value = conformed("5.0.0", procedure, "response", message);
    for (const adapter of adapters.toReversed()) value = older(adapter, procedure, value);

    expect(value).toBeTypeOf("object");
  },
);
