/** Who hears that a procedure will go: whoever calls it, by whatever name. */
import { type Deprecation, unary } from "@concordat/core";
import { Type } from "typebox";
import { describe, expect, test } from "vitest";

import { type Adapter, implement } from "../../src/index.ts";
import { historyOf, offersOf } from "../fixture/library-history.ts";
import { Stage } from "../fixture/stage.ts";

const text = Type.Object({ text: Type.String() });

function procedure(deprecated?: Deprecation): ReturnType<typeof unary<typeof text, typeof text>> {
  return unary({ request: text, response: text, ...(deprecated && { deprecated }) });
}

type Tree = Readonly<Record<string, ReturnType<typeof procedure>>>;

const adapter: Adapter = {
  from: "1.0.0",
  to: "2.0.0",
  procedures: { find: { renamedTo: "search" } },
};

/** A handler that answers with its request. */
function same<T>(request: T): T {
  return request;
}

/** What a client of 1.0.0 is told when it calls `find`, which 2.0.0 calls `search`. */
async function heardByCaller(older: Tree, newer: Tree): Promise<readonly unknown[]> {
  const history = historyOf("books", [
    ["1.0.0", older],
    ["2.0.0", newer],
  ]);
  const handlers = Object.fromEntries(Object.keys(newer).map((name) => [name, same]));
  const contract = { name: "books", history };
  const service = implement<typeof handlers>(contract, { handlers, adapters: [adapter] });
  const caller = new Stage({ services: [service] }).caller({
    contracts: [{ name: "books", offers: offersOf(history, "1.0.0"), optional: false }],
  });
  expect(await caller.unary("books/find", { text: "a" }).done).toEqual({ text: "a" });
  await caller.unary("books/find", { text: "b" }).done;
  return caller.notices;
}

describe("a caller of a procedure that was renamed hears", () => {
  const about = { contract: "books", release: "1.0.0", procedure: "find" };
  const [old, young] = [{ message: "Use search." }, { sunset: "2030-01-01", message: "Use ask." }];

  test("that the procedure will go which answers it, under the name that it calls", async () => {
    const told = await heardByCaller({ find: procedure() }, { search: procedure(young) });

    expect(told).toEqual([{ ...young, ...about }]);
  });

  test("what was said of the old name, where nothing is said of the new one", async () => {
    const told = await heardByCaller({ find: procedure(old) }, { search: procedure() });

    expect(told).toEqual([{ ...old, ...about }]);
  });

  test("nothing of another procedure that has got the old name since", async () => {
    const newer = { search: procedure(), find: procedure(young) };

    expect(await heardByCaller({ find: procedure() }, newer)).toEqual([]);
  });
});
