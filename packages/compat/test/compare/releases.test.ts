/** Releases: procedures, errors, promises beside the messages, and both directions. */
import type { Schema } from "@concordat/core";
import { describe, expect, test } from "vitest";
import { compareReleases, explain, type RuleId, step } from "../../src/index.ts";
import { release, type Written } from "../fixture/release.ts";

const text: Schema = { type: "string" };
const whole: Schema = { type: "integer" };
const object = (properties: { [name: string]: Schema }, ...required: string[]): Schema => ({
  type: "object",
  properties,
  required,
});

function compare(before: { [name: string]: Written }, after: { [name: string]: Written }) {
  return compareReleases(release(before), release(after));
}

const bidi = { kind: "bidiStream" } as const;
const stream = { kind: "serverStream" } as const;
const upload = { kind: "clientStream" } as const;
const tells = { kind: "clientNotification", response: false } as const;
const isTold = { kind: "serverNotification", request: false } as const;

const examples: {
  readonly [Id in RuleId]?: readonly [
    before: { [name: string]: Written },
    after: { [name: string]: Written },
  ];
} = {
  "procedure-added": [{ a: {} }, { a: {}, b: {} }],
  "procedure-removed": [{ a: {}, b: {} }, { a: {} }],
  "procedure-renamed": [{ a: { request: text } }, { z: { request: text } }],
  "unary-to-server-stream": [{ a: {} }, { a: stream }],
  "server-stream-to-unary": [{ a: stream }, { a: {} }],
  "unary-to-client-stream": [{ a: {} }, { a: upload }],
  "client-stream-to-unary": [{ a: upload }, { a: {} }],
  "stream-became-bidirectional": [{ a: stream }, { a: bidi }],
  "stream-became-one-directional": [{ a: bidi }, { a: upload }],
  "notification-kind-changed": [{ a: tells }, { a: {} }],
  "server-notification-removed": [{ a: isTold, b: {} }, { b: {} }],
  "pushed-event-added": [
    {
      a: {
        ...stream,
        response: {
          anyOf: [object({ k: { const: "x" } }, "k"), object({ k: { const: "y" } }, "k")],
        },
      },
    },
    {
      a: {
        ...stream,
        response: { anyOf: ["x", "y", "z"].map((tag) => object({ k: { const: tag } }, "k")) },
      },
    },
  ],
  "error-added": [{ a: {} }, { a: { errors: { gone: text } } }],
  "error-removed": [{ a: { errors: { gone: text } } }, { a: {} }],
  "error-renamed": [{ a: { errors: { gone: text } } }, { a: { errors: { away: text } } }],
  "auth-added": [{ a: {} }, { a: { auth: ["orders:read"] } }],
  "auth-removed": [{ a: { auth: ["orders:read"] } }, { a: {} }],
  "scope-raised": [
    { a: { auth: ["orders:read"] } },
    { a: { auth: ["orders:read", "orders:write"] } },
  ],
  "idempotency-withdrawn": [{ a: { idempotent: true } }, { a: {} }],
  "idempotency-granted": [{ a: {} }, { a: { idempotent: true } }],
  deprecated: [{ a: {} }, { a: { deprecated: { sunset: "2027-01-31" } } }],
  "sunset-moved": [
    { a: { deprecated: { sunset: "2027-01-31" } } },
    { a: { deprecated: { sunset: "2026-12-31" } } },
  ],
  "limit-tightened": [{ a: {} }, { a: { limits: { requestBytes: 1_000 } } }],
  "limit-relaxed": [
    { a: { limits: { callsPerMinute: 6 } } },
    { a: { limits: { callsPerMinute: 60 } } },
  ],
};

describe("every rule about procedures that a release can show", () => {
  test.each(Object.entries(examples))(
    "%s is reported, with the verdicts of its row",
    (id, [before, after]) => {
      const { changes } = compare(before, after);
      const found = changes.filter(({ rule }) => rule === id);

      const columns = explain(id)?.columns;
      const expected = {
        "old-client-new-server": columns?.requestFromOldClient,
        "new-client-old-server": columns?.requestFromNewClient,
      };
      expect(found).toHaveLength(2);
      const wanted = found.map(({ direction, verdict }) =>
        expected[direction] === "depends" ? verdict : expected[direction],
      );
      expect(found.map(({ verdict }) => verdict)).toEqual(wanted);
    },
  );
});

test("one computation answers both directions", () => {
  const { verdict, rollback } = compare(
    { a: { request: object({}) } },
    { a: { request: object({ q: whole }, "q") } },
  );

  expect(verdict).toBe("breaking");
  expect(rollback).toBe("lossy");
});

test("a response is judged the other way round", () => {
  const { verdict, rollback } = compare(
    { a: { response: whole } },
    { a: { response: { type: "number" } } },
  );

  expect([verdict, rollback]).toEqual(["breaking", "compatible"]);
});

test("items of a stream follow who sends them", () => {
  const both = { request: whole, response: whole };
  const wider = { request: { type: "number" }, response: { type: "number" } } as const;
  const { changes } = compare({ a: { ...bidi, ...both } }, { a: { ...bidi, ...wider } });

  expect(
    changes
      .filter(({ verdict }) => verdict === "breaking")
      .map(({ position, direction, witness }) => [position, direction, witness]),
  ).toEqual([
    ["item", "new-client-old-server", 0.5],
    ["item", "old-client-new-server", 0.5],
  ]);
});

test("a notification is judged by who sends it: a client's as a request, the server's as a response", () => {
  const wider = { type: "number" } as const;
  const { changes } = compare(
    { a: { ...tells, request: whole }, b: { ...isTold, response: whole } },
    { a: { ...tells, request: wider }, b: { ...isTold, response: wider } },
  );

  expect(
    changes
      .filter(({ verdict }) => verdict === "breaking")
      .map(({ procedure, position, direction }) => [procedure, position, direction]),
  ).toEqual([
    ["a", "request", "new-client-old-server"],
    ["b", "response", "old-client-new-server"],
  ]);
});

test.each([
  [tells, isTold],
  [isTold, tells],
  [bidi, tells],
  [isTold, stream],
])("what becomes a notification, or ceases to be one, breaks whoever spoke it", (before, after) => {
  const { verdict, rollback, changes } = compare({ a: before }, { a: after });

  expect([verdict, rollback]).toEqual(["breaking", "breaking"]);
  expect(changes.map(({ rule }) => rule)).toEqual([
    "notification-kind-changed",
    "notification-kind-changed",
  ]);
});

test("a payload of an error follows the response columns, and names the error", () => {
  const { changes, verdict } = compare(
    { a: { errors: { gone: whole } } },
    { a: { errors: { gone: text } } },
  );

  expect(verdict).toBe("breaking");
  expect(changes[0]).toMatchObject({
    position: "error",
    error: "gone",
    procedure: "a",
    rule: "type-changed",
  });
});

test("a shared type is judged at each use", () => {
  const before = release(
    { a: { request: { $ref: "#/definitions/T" } }, b: { response: { $ref: "#/definitions/T" } } },
    { T: object({ n: whole }) },
  );
  const after = release(
    { a: { request: { $ref: "#/definitions/T" } }, b: { response: { $ref: "#/definitions/T" } } },
    { T: object({ n: { type: "number" } }) },
  );
  const { changes } = compareReleases(before, after);

  const gate = changes.filter(({ direction }) => direction === "old-client-new-server");
  expect(gate.map(({ procedure, verdict }) => [procedure, verdict])).toEqual([
    ["a", "compatible"],
    ["b", "breaking"],
  ]);
});

test("procedures whose fingerprint did not change are not even read", () => {
  const before = release({ a: { request: text } });
  const { a } = before.procedures;
  if (a === undefined) throw new Error("The release has a procedure a.");
  const unreadable = {
    get request(): Schema {
      throw new Error("read");
    },
    kind: a.kind,
    response: a.response,
    fingerprint: a.fingerprint,
  };

  expect(compareReleases(before, { ...before, procedures: { a: unreadable } }).changes).toEqual([]);
});

test("a release against itself is compatible, without a change", () => {
  const same = release({ a: { request: text } });

  expect(compareReleases(same, same)).toEqual({
    verdict: "compatible",
    rollback: "compatible",
    lossy: [],
    changes: [],
  });
});

test("lossy paths name the procedure", () => {
  const { verdict, lossy } = compare(
    { a: { request: object({ q: whole, r: text }) } },
    { a: { request: object({ r: text }) } },
  );

  expect(verdict).toBe("lossy");
  expect(lossy).toEqual(["a: /q"]);
});

test("procedures and errors may be called like members of every object", () => {
  const procedures: { [name: string]: Written } = JSON.parse(
    '{"__proto__":{"kind":"unary","request":{"type":"string"},"response":true},"constructor":{}}',
  );
  const { changes } = compare(procedures, {});

  expect(
    changes
      .filter(({ direction }) => direction === "old-client-new-server")
      .map(({ procedure }) => procedure),
  ).toEqual(["__proto__", "constructor"]);
});

describe("the step", () => {
  test.each([
    [
      "patch",
      { a: { request: { type: "string", title: "Old" } } },
      { a: { request: { type: "string", title: "New" } } },
    ],
    ["minor", { a: { request: object({}) } }, { a: { request: object({ q: whole }) } }],
    ["minor", { a: {} }, { a: {}, b: {} }],
    ["minor", { a: {} }, { a: { deprecated: {} } }],
    ["minor", { a: { request: object({ q: whole }) } }, { a: { request: object({}) } }],
    ["major", { a: { request: object({}) } }, { a: { request: object({ q: whole }, "q") } }],
    ["major", { a: {}, b: {} }, { a: {} }],
    [
      "major",
      { a: { request: { pattern: "(a)\\1" } } },
      { a: { request: { pattern: "(a)\\1b" } } },
    ],
  ] as const)("%s", (expected, before, after) => {
    expect(step(compare(before, after))).toBe(expected);
  });
});

/** What is said to have changed, without whom it breaks. */
function titles(before: Schema, after: Schema): readonly string[] {
  return compare({ a: { request: before } }, { a: { request: after } })
    .changes.filter(({ direction }) => direction === "old-client-new-server")
    .map(({ message }) => message.replace(/:.*/, ""));
}

test("an integer is called one where its type changes", () => {
  expect(titles(whole, text)).toEqual(["Type integer became string"]);
  expect(titles(whole, { type: ["integer", "string"] })).toEqual([
    "Type integer became integer or string",
  ]);
  expect(titles({ type: "number", multipleOf: 5 }, { type: "boolean" })).toEqual([
    "Type integer became boolean",
  ]);
  expect(titles({ type: "number" }, text)).toEqual(["Type number became string"]);
  expect(titles({ anyOf: [whole, { type: "number", maximum: 0 }] }, text)).toEqual([
    "Type number became string",
  ]);
});

test.each([
  [
    "idempotency-withdrawn",
    "No longer idempotent: an old client may still repeat a call, which a new server does not expect.",
  ],
  [
    "server-notification-removed",
    "Server notification a removed: an old client listens to what a new server never tells.",
  ],
  ["procedure-removed", "Procedure removed: calls of an old client fail on a new server."],
] as const)("%s says what becomes of older clients", (id, message) => {
  const [before, after] = examples[id] ?? [{}, {}];

  const found = compare(before, after).changes.filter(({ rule }) => rule === id);

  expect(found.map((change) => change.message)).toContain(message);
});
