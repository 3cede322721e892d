/** JSON holds what the report holds, also where JSON has no word for it. */
import { expect, test } from "vitest";

import { compareSchemas } from "../../src/project/comparison.ts";
import { printJson } from "../../src/report/json.ts";

test("values of the wire that JSON lacks are written so that nobody takes them for something else", () => {
  const result = { big: 2n ** 70n, bytes: new Uint8Array([1, 255]), at: new Date(0) };

  const text = printJson({ status: "ok", compared: [], remarks: [], result }, "/work/shop");

  expect(JSON.parse(text)).toEqual({
    big: "1180591620717411303424n",
    bytes: "bytes 01ff",
    at: "1970-01-01T00:00:00.000Z",
  });
});

test("files are named as seen from the checkout, so that every machine prints the same", () => {
  const comparison = compareSchemas({}, {}, "request");
  const witness = { file: "/work/shop/a.ts" };
  const report = {
    status: "ok",
    compared: [
      { before: "1.0.0", after: "1.1.0", comparison, allowed: [], file: "/work/shop/src/a.ts" },
      { before: "1.0.0", after: "1.1.0", comparison, allowed: [] },
    ],
    remarks: [{ kind: "note", text: "/work/shop/a.ts", file: "/work/other/a.ts" }],
  } as const;

  const { compared, remarks } = JSON.parse(printJson(report, "/work/shop")) as typeof report; // what was printed

  expect(compared.map((pair) => ("file" in pair ? pair.file : undefined))).toEqual([
    "src/a.ts",
    undefined,
  ]);
  expect(remarks).toEqual([{ kind: "note", text: "/work/shop/a.ts", file: "../other/a.ts" }]);
  expect(JSON.parse(printJson({ ...report, result: witness }, "/work/shop"))).toEqual(witness);
});
