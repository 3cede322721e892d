/** A floor that moves while somebody is being let in. */
import { expect, test } from "vitest";

import { later } from "../fixture/caller.ts";
import { libraryCaller, libraryStage } from "../fixture/librarian.ts";

test.each(Array.from({ length: 12 }, (_, turns) => [turns]))(
  "nobody stays below a floor that rises %i turns of the microtask queue after the credentials were checked",
  async (turns) => {
    const checked = later<object>();
    const stage = libraryStage({ options: { authenticate: () => checked.promise } });
    const old = libraryCaller(stage, "1.0.0");
    await stage.clock.advance(0);
    checked.settle({});
    for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
    stage.server.setFloor("library", "2.0.0", { withinMs: 1_000 });
    await stage.clock.advance(1_000);

    expect(old.session.state).toBe("closed");
  },
);
