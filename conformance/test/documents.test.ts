/** What the protocol's pages show is read by the code as the pages say. */
import { readFileSync } from "node:fs";
import { classifyClose, closeCodes } from "@concordat/core";
import {
  bytesToValue,
  framesFromBytes,
  helloFromMessage,
  jsonMessage,
  keywords,
  limitsWith,
  parseReason,
  readRelease,
  reasonOfRefusal,
  refusalFromJson,
  valueToBytes,
  welcomeFromJson,
} from "@concordat/core/internal";
import { describe, expect, test } from "vitest";
import { fromHex, toHex } from "./hex.ts";

const limits = limitsWith();

function page(name: string): string {
  return readFileSync(new URL(`../../docs/protocol/${name}.md`, import.meta.url), "utf8");
}

/** The fenced blocks of a page in one language, each with the heading that it stands under. */
function blocks(
  name: string,
  language: string,
): { readonly heading: string; readonly text: string }[] {
  const sections = page(name).split(/^#+ /m);
  const fence = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, "gm");
  return sections.flatMap((section) => {
    const heading = section.split("\n", 1)[0] ?? "";
    return Array.from(section.matchAll(fence), ([, text = ""]) => ({ heading, text }));
  });
}

/** What stands in a text as code. */
function named(text: string): string[] {
  return Array.from(text.matchAll(/`([^`]+)`/g), ([, word = ""]) => word);
}

/** The bytes at the start of each line: what is followed by two spaces or nothing is the gloss. */
function bytesIn(text: string): Uint8Array {
  const lines = text
    .split("\n")
    .map((line) => /^((?:[0-9a-f]{2} )*[0-9a-f]{2})(?: {2}|$)/.exec(line)?.[1] ?? "");
  return fromHex(lines.join(""));
}

describe("frames", () => {
  const shown = blocks("frames", "text").filter(
    ({ text }) => /^[0-9a-f]{2} /.test(text) || /^96$/m.test(text),
  );

  test.each(shown.map(({ heading, text }) => [heading, text] as const))("%s", (heading, text) => {
    const kinds = framesFromBytes(bytesIn(text), limits).map(({ kind }) => kind);

    expect(new Set(kinds)).toEqual(new Set([heading]));
  });

  test("every kind is shown", () => {
    expect(shown.length).toBe(19);
  });
});

describe("the page on release documents", () => {
  test("shows one whose fingerprints are right", () => {
    const [shown] = blocks("release-document", "json");

    expect(readRelease(JSON.parse(shown?.text ?? ""), "the page").contract).toBe("orders");
  });

  test("names every keyword of a schema, those for people apart", () => {
    const [, section = ""] = page("release-document").split("## Schemas");
    const [, ofMessages = "", forPeople = ""] = section.split(/\n\n/).slice(1);
    const [texts, others] = [true, false].map((isForPeople) =>
      Object.entries(keywords)
        .filter(([, role]) => (role === "text") === isForPeople)
        .map(([keyword]) => keyword)
        .toSorted(),
    );

    expect(named(ofMessages).toSorted()).toEqual(others);
    expect(named(forPeople).toSorted()).toEqual(texts);
  });
});

test("the fault of the page on errors is one", () => {
  const [fault] = blocks("errors", "text");

  expect(bytesToValue(bytesIn(fault?.text ?? ""), limits)).toEqual([
    9,
    "Sold out.",
    "out_of_stock",
    { left: 0 },
    60_000,
  ]);
});

test("the values of the page on values have these bytes", () => {
  const [values] = blocks("values", "text");
  const ends = (values?.text ?? "")
    .trim()
    .split("\n")
    .map((line) => /((?:[0-9a-f]{2} )*[0-9a-f]{2})$/.exec(line)?.[1] ?? "");

  expect(ends).toHaveLength(7);
  for (const hex of ends) expect(toHex(valueToBytes(bytesToValue(fromHex(hex), limits)))).toBe(hex);
});

describe("the handshake", () => {
  const shown = new Map(
    blocks("handshake", "json").map(({ heading, text }) => [heading, text.trim()]),
  );

  test("its messages are read without anything being left out", () => {
    const hello = helloFromMessage(shown.get("hello") ?? "", 16_384);
    const welcome = welcomeFromJson(jsonMessage(shown.get("welcome") ?? "", 16_384));

    expect(JSON.parse(shown.get("hello") ?? "")).toMatchObject({
      ...hello,
      contracts: [{ name: "orders", offers: hello.contracts[0]?.offers }],
    });
    expect(JSON.parse(shown.get("welcome") ?? "")).toMatchObject(welcome);
  });

  test("the close behind the reject is the one that the code would send", () => {
    const refusal = refusalFromJson(jsonMessage(shown.get("reject") ?? "", 16_384));
    const [close] = blocks("handshake", "text");
    const bytes = bytesIn(close?.text ?? "");
    const reason = refusal === undefined ? "" : reasonOfRefusal(refusal);

    expect(bytes[1]).toBe(bytes.length - 2);
    expect((bytes[2] ?? 0) * 256 + (bytes[3] ?? 0)).toBe(4426);
    expect(Buffer.from(bytes.subarray(4)).toString("latin1")).toBe(reason);
    expect(parseReason(reason).values.get("min")).toBe("2.0.0");
  });

  test("the HTTP 426 has the length that it says, and the members of a reject", () => {
    const answer = blocks("handshake", "http").find(
      ({ heading }) => heading === "Refusal by HTTP 426",
    );
    const [head = "", body = ""] = (answer?.text ?? "").trim().split("\n\n");
    const json = jsonMessage(body, 16_384);

    expect(head).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
    expect(refusalFromJson(json)).toMatchObject({
      closeCode: 4426,
      mustMove: "client",
      message: json["detail"],
    });
  });
});

test("codes of others count as the page says", () => {
  const rows = page("close-codes").matchAll(/^\| ([\d, ]+) \| (4\d{3}) \|$/gm);
  const said = Array.from(rows, ([, codes = "", ours = ""]) => [codes, Number(ours)] as const);

  expect(said).toHaveLength(7);
  for (const [codes, ours] of said) {
    const registered = codes.split(", ").map((code) => classifyClose(Number(code)).registered);
    expect(new Set(registered)).toEqual(new Set([ours]));
  }
});

test("every action of the registry is explained", () => {
  const actions = new Set(Object.values(closeCodes).map(({ action }) => action));

  for (const action of actions) expect(page("close-codes")).toContain(`| \`${action}\` |`);
});

test("every link between the pages leads to a heading that is there", () => {
  const names = [
    "handshake",
    "frames",
    "calls",
    "values",
    "errors",
    "close-codes",
    "support",
    "conversation",
    "positional",
    "pipes",
    "release-document",
    "write-a-client",
  ];
  const links = names.flatMap((name) =>
    Array.from(
      page(name).matchAll(/\]\(([a-z-]+)?(?:\.md)?(?:#([a-z0-9-]+))?\)/g),
      ([, target = name, anchor]) => ({
        from: name,
        target,
        anchor,
      }),
    ),
  );
  const dead = links.filter(
    ({ target, anchor }) => anchor !== undefined && !anchorsOf(page(target)).includes(anchor),
  );

  expect(links.length).toBeGreaterThan(20);
  expect(dead).toEqual([]);
});

function anchorsOf(text: string): readonly string[] {
  return Array.from(text.matchAll(/^#+ (.*)$/gm), ([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, "")
      .replaceAll(" ", "-"),
  );
}
