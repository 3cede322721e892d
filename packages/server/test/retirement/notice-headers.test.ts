/** What a refusal by HTTP says to tools that know RFC 9745 and RFC 8594. */
import * as fc from "fast-check";
import { refusal } from "@concordat/core/internal";
import { expect, test } from "vitest";

import { noticeHeaders } from "../../src/retirement/notice-headers.ts";

test("dates are what the two RFCs say, and links name their relation", () => {
  const notice = {
    deprecated: "2026-01-31",
    sunset: "2026-12-31",
    url: "https://example.org/why?a=1",
  };
  const upgradeUrl = "https://example.org/new";
  const told = refusal("client-too-old", { message: "", notice, upgradeUrl });

  expect(noticeHeaders(told)).toEqual({
    Deprecation: "@1769817600",
    Sunset: "Thu, 31 Dec 2026 00:00:00 GMT",
    Link:
      '<https://example.org/why?a=1>; rel="deprecation", ' +
      '<https://example.org/why?a=1>; rel="sunset", ' +
      '<https://example.org/new>; rel="successor-version"',
  });
});

test.each([
  ["deprecated", "deprecation"],
  ["sunset", "sunset"],
])("what is only said to be %s has one link of its own", (what, relation) => {
  const notice = { [what]: "2026-01-31", url: "https://example.org/why" };
  const told = refusal("client-too-old", { message: "", notice });

  expect(noticeHeaders(told)["Link"]).toBe(`<https://example.org/why>; rel="${relation}"`);
});

test("a refusal of which nothing is said has none of them", () => {
  expect(noticeHeaders(refusal("client-too-old", { message: "" }))).toEqual({});
});

test.each([
  "mailto:team@example.org",
  "javascript:alert(1)",
  "/upgrade",
  "ws://example.org/",
  "https://[",
  "",
])("%j is no page to link to", (url) => {
  const notice = { deprecated: "2026-01-31", sunset: "2026-12-31", url };
  const told = refusal("client-too-old", { message: "", notice, upgradeUrl: url });

  expect(noticeHeaders(told)).not.toHaveProperty("Link");
});

test("no text becomes a header of its own, or more than one link", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const url = `https://example.org/${text}`;
      const notice = { sunset: "2026-12-31", deprecated: text, url };
      const headers = noticeHeaders(refusal("client-too-old", { message: "", notice }));

      for (const value of Object.values(headers)) expect(value).toMatch(/^[\x20-\x7e]*$/);
      expect(headers["Link"]?.match(/>/g) ?? []).toHaveLength(
        headers["Link"] === undefined ? 0 : 1,
      );
    }),
  );
});
