/** JSON holds what the report holds, also where JSON has no word for it. */
import { expect, test } from "vitest";

import { printJson } from "../../src/report/json.ts";

test("values of the wire that JSON lacks are written so that nobody takes them for something else", () => {
  const result = { big: 2n ** 70n, bytes: new Uint8Array([1, 255]), at: new Date(0) };

  const text = printJson({ status: "ok", compared: [], remarks: [], result });

  expect(JSON.parse(text)).toEqual({
    big: "1180591620717411303424n",
    bytes: "bytes 01ff",
    at: "1970-01-01T00:00:00.000Z",
  });
});
