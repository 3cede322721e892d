/** Whether one value fits is said without a search, and must be said as the search and the tests' own reading say it. */
import { expect, test } from "vitest";
import { fits } from "../../src/include/fitting.ts";
import { accepted, altered, emitted, refused } from "../../src/include/literal.ts";
import { Search } from "../../src/include/search.ts";
import { SchemaDocument, Space } from "../../src/normal/node.ts";
import { reader } from "../../src/normal/reader.ts";
import { scan } from "../../src/normal/scan.ts";
import { Chance } from "../random/chance.ts";
import { isEmitted, isValid } from "../random/emission.ts";
import { randomDocument } from "../random/schema.ts";
import { randomValue } from "../random/value.ts";

const seed = 20_261_126;

test("a value fits exactly when TypeBox and the second reading of emission say so, and the search finds it", () => {
  const wrong: unknown[] = [];
  let decided = 0;
  for (let index = 0; index < 400; index += 1) {
    const chance = new Chance(seed + index);
    const raw = randomDocument(chance, { isHard: index % 2 === 1 });
    const search = new Search(new Space(reader));
    const node = new SchemaDocument(search.space, raw).at(raw, "");
    const { faults, opaque } = scan(node, search.space, new Set());
    if (faults.length + opaque.size > 0) continue;
    for (let count = 0; count < 6; count += 1) {
      const value = randomValue(chance, raw, raw);
      search.refill();
      const said = {
        accepted: fits(search, [accepted(node)], value),
        refused: fits(search, [refused(node)], value),
        emitted: fits(search, [emitted(node)], value),
      };
      // Nobody checks some formats, so nobody can say that they are broken.
      if (Object.values(said).includes(undefined)) continue;
      decided += 1;
      const valid = isValid(raw, raw, value);
      const expected = { accepted: valid, refused: !valid, emitted: isEmitted(raw, value) };
      if (JSON.stringify(said) !== JSON.stringify(expected))
        wrong.push({ raw, value, said, expected });
      const only = accepted(search.made(`only:${JSON.stringify(value)}`, { const: value }));
      for (const literal of [accepted, refused, emitted, altered].map((of) => of(node))) {
        const found = search.find(literal, only).found === "value";
        if (found !== (fits(search, [literal], value) === true))
          wrong.push({ raw, value, literal: literal % 4, found });
      }
    }
  }

  expect(wrong).toEqual([]);
  expect(decided).toBeGreaterThan(1_500);
});
