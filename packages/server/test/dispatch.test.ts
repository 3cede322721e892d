/** Calls of every kind, from the request to the end. */
import { expect, test } from "vitest";

import { shopStage } from "./fixture/stage.ts";

test("a unary call is answered", async () => {
  const caller = shopStage().caller();

  await expect(caller.unary("shop/greet", { name: "Ada" }).done).resolves.toEqual({
    text: "Hello, Ada.",
  });
});
