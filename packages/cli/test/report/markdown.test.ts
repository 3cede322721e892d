/** Markdown: a changelog that a release can be published with, whatever its names are made of. */
import { expect, test } from "vitest";

import { printMarkdown } from "../../src/report/markdown.ts";
import { sampleReport } from "./sample-report.ts";

test("a release is a section with its breaks first", () => {
  expect(printMarkdown(sampleReport())).toMatchInlineSnapshot(`
    "## orders 2.0.0

    Clients of 1.0.0, server of 2.0.0: **breaking**.
    Clients of 2.0.0, server of 1.0.0 (rollback): **lossy**.

    ### Breaking

    - \`place\` \`request /quantity\`: Required property quantity added: an old client may send a request that a new server refuses. (\`required-property-added\`)
      - Breaks on \`{"sku":""}\`
      - Remedy: set quantity to "" where it is absent

    ### Accepted, with something dropped

    - \`place\` \`request /gift\`: Optional property gift renamed to note: a new server accepts it from an old client, but drops what was meant by it. (\`optional-property-renamed\`)
      - Remedy: rename gift to note

    ### Clients of 2.0.0, server of 1.0.0 (rollback)

    - \`place\` \`request /gift\`: Optional property gift renamed to note: an old server accepts it from a new client, but drops what was meant by it. (\`optional-property-renamed\`)
      - Remedy: rename note to gift
    - \`place\` \`request /quantity\`: Required property quantity added: an old server accepts it from a new client, but drops what was meant by it. (\`required-property-added\`)
      - Remedy: leave out quantity

    - Something is written.
    - **warning:** Look
      here.
    - **problem:** This is wrong.
    "
  `);
});

test("where nothing changed, that is said", () => {
  const [compared] = sampleReport().compared;
  if (compared === undefined) throw new Error("The sample compares.");
  const comparison = { ...compared.comparison, verdict: "compatible", changes: [] } as const;
  const nothing = { ...compared, comparison };

  expect(printMarkdown({ status: "ok", compared: [nothing], remarks: [] })).toBe(
    "## orders 2.0.0\n\nNothing changed.\n",
  );
});

test("bare schemas are named by their files, and their verdict has no clients", () => {
  const [sample] = sampleReport().compared;
  if (sample === undefined) throw new Error("The sample compares.");
  const { contract: _none, ...bare } = sample;
  const page = printMarkdown({ ...sampleReport(), compared: [bare] });

  expect(page).toContain("## 1.0.0 → 2.0.0\n\nVerdict: **breaking**.");
});

test("names cannot format the page", () => {
  const remarks = [{ kind: "done", text: "<img src=x> [a](b) `c` **d** | e" }] as const;

  expect(printMarkdown({ status: "ok", compared: [], remarks })).toBe(
    "- \\<img src=x\\> \\[a\\](b) \\`c\\` \\*\\*d\\*\\* \\| e\n",
  );
});
