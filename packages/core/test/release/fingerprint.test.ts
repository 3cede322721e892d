/** Equal fingerprints mean equal messages: what counts, what does not, and that the digest is SHA-256. */
import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalJson } from "../../src/release/canonical.ts";
import type { ProcedureDocument } from "../../src/release/document.ts";
import {
  contractFingerprint,
  fingerprintOf,
  procedureFingerprint,
} from "../../src/release/fingerprint.ts";
import { type Keyword, keywords, roleOf } from "../../src/schema/keyword.ts";
import type { Definitions, Schema, SchemaObject } from "../../src/schema/schema.ts";

type Body = Omit<ProcedureDocument, "fingerprint">;

const order: SchemaObject = {
  type: "object",
  properties: {
    sku: { type: "string", minLength: 1, description: "What." },
    lines: { type: "array", items: { $ref: "#/definitions/Line" } },
    kind: { enum: ["a", "b"] },
  },
  required: ["sku", "lines"],
};
const definitions: Definitions = {
  Line: { type: "object", properties: { next: { $ref: "#/definitions/Line" } } },
  Price: { type: "number" },
};
const place: Body = {
  kind: "unary",
  request: order,
  response: { $ref: "#/definitions/Price" },
  errors: { out_of_stock: { type: "null" } },
};

const fingerprint = procedureFingerprint(place, definitions);

function withRequest(request: Schema): string {
  return procedureFingerprint({ ...place, request }, definitions);
}

/** The same JSON with the keys of every object in another order. */
function shuffled<T>(value: T): T {
  if (Array.isArray(value)) return value.map(shuffled) as T; // the same list
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toReversed();
  return Object.fromEntries(entries.map(([key, member]) => [key, shuffled(member)])) as T; // the same keys
}

test("a fingerprint is the SHA-256 of the canonical text", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const digest = createHash("sha256").update(canonicalJson(value)).digest("hex");

      expect(fingerprintOf(value)).toBe(`sha256:${digest}`);
    }),
  );
});

describe("what does not count", () => {
  test("the order of keys", () => {
    expect(procedureFingerprint(shuffled(place), shuffled(definitions))).toBe(fingerprint);
  });

  test("the order of an enum and of required properties", () => {
    expect(
      withRequest({
        ...order,
        required: ["lines", "sku"],
        properties: { ...order.properties, kind: { enum: ["b", "a"] } },
      }),
    ).toBe(fingerprint);
  });

  test("texts of the procedure, and what it says about deprecation, access and limits", () => {
    const edited: Body = {
      ...place,
      doc: "Places an order.",
      deprecated: { since: "1.0.0" },
      auth: ["admin"],
      limits: { timeoutMs: 1 },
    };

    expect(procedureFingerprint(edited, definitions)).toBe(fingerprint);
  });

  const texts = (Object.keys(keywords) as Keyword[]).filter((word) => roleOf(word) === "text"); // own keys

  test.each(texts)("%s in a schema", (keyword) => {
    expect(withRequest({ ...order, [keyword]: "anything" })).toBe(fingerprint);
    expect(
      procedureFingerprint(place, { ...definitions, Price: { type: "number", [keyword]: "x" } }),
    ).toBe(fingerprint);
  });

  test("the names of definitions, and those that nobody refers to", () => {
    const renamed: Definitions = {
      Zeile: { type: "object", properties: { next: { $ref: "#/definitions/Zeile" } } },
      Amount: { type: "number" },
      Unused: { type: "string" },
    };
    const body: Body = {
      ...place,
      request: JSON.parse(JSON.stringify(order).replaceAll("Line", "Zeile")) as Schema, // as above, renamed
      response: { $ref: "#/definitions/Amount" },
    };

    expect(procedureFingerprint(body, renamed)).toBe(fingerprint);
  });

  test("a default that is written out: not idempotent, no errors", () => {
    const bare: Body = { kind: "unary", request: true, response: true };

    expect(procedureFingerprint({ ...bare, idempotent: false, errors: {} }, {})).toBe(
      procedureFingerprint(bare, {}),
    );
  });
});

describe("what counts", () => {
  test.each<readonly [what: string, edit: Partial<Body>]>([
    ["the kind", { kind: "serverStream" }],
    ["the request", { request: true }],
    ["the response", { response: true }],
    ["a swap of request and response", { request: place.response, response: place.request }],
    ["an error more", { errors: { out_of_stock: { type: "null" }, gone: true } }],
    ["an error less", { errors: {} }],
    ["an error's name", { errors: { sold_out: { type: "null" } } }],
    ["an error's payload", { errors: { out_of_stock: { type: "string" } } }],
    ["idempotency", { idempotent: true }],
  ])("%s", (_what, edit) => {
    expect(procedureFingerprint({ ...place, ...edit }, definitions)).not.toBe(fingerprint);
  });

  const others = (Object.keys(keywords) as Keyword[]).filter((word) => roleOf(word) !== "text"); // own keys

  test.each(others)("the keyword %s, and what stands behind it", (keyword) => {
    const seen = new Set([withRequest({})]);
    for (const value of valuesFor(keyword)) seen.add(withRequest({ [keyword]: value }));

    expect(seen.size).toBe(3);
  });

  test("a definition that is reached, however far away", () => {
    const far: Definitions = {
      A: { type: "array", items: { $ref: "#/definitions/B" } },
      B: { properties: { c: { $ref: "#/definitions/C" } } },
      C: { type: "string" },
    };
    const body: Body = { kind: "unary", request: { $ref: "#/definitions/A" }, response: true };

    expect(procedureFingerprint(body, { ...far, C: { type: "number" } })).not.toBe(
      procedureFingerprint(body, far),
    );
  });

  test("which of two definitions is meant where", () => {
    const two: Definitions = { A: { type: "string" }, B: { type: "number" } };
    const ab: Body = {
      kind: "unary",
      request: { $ref: "#/definitions/A" },
      response: { $ref: "#/definitions/B" },
    };

    expect(
      procedureFingerprint({ ...ab, request: ab.response, response: ab.request }, two),
    ).not.toBe(procedureFingerprint(ab, two));
  });

  test("the order of alternatives, which decides what is kept", () => {
    expect(withRequest({ anyOf: [{ type: "string" }, { type: "null" }] })).not.toBe(
      withRequest({ anyOf: [{ type: "null" }, { type: "string" }] }),
    );
  });

  test("a property called like a keyword is a property", () => {
    const plain = withRequest({ properties: { title: { type: "string" } } });

    expect(plain).not.toBe(withRequest({ properties: {} }));
    expect(plain).not.toBe(withRequest({ properties: { title: { type: "number" } } }));
  });
});

/** Two different things that may stand behind a keyword. */
function valuesFor(keyword: Keyword): readonly [unknown, unknown] {
  switch (roleOf(keyword)) {
    case "schemas":
    case "either":
      return [[{ type: "string" }], [{ type: "number" }]];
    case "schema":
      return [{ type: "string" }, { type: "number" }];
    case "named":
      return [{ a: { type: "string" } }, { a: { type: "number" } }];
    case "names":
      return [{ a: ["b"] }, { a: ["c"] }];
    case "set":
      return [["a"], ["b"]];
    case "reference":
      return ["#/definitions/Line", "#/definitions/Price"];
    default:
      return [1, 2];
  }
}

describe("the whole contract's fingerprint", () => {
  const procedure: ProcedureDocument = { ...place, fingerprint };
  const whole = contractFingerprint("orders", { place: procedure });

  test("does not depend on the order of procedures, nor on their texts", () => {
    const two = { place: procedure, watch: procedure };

    expect(contractFingerprint("orders", shuffled(two))).toBe(contractFingerprint("orders", two));
    expect(contractFingerprint("orders", { place: { ...procedure, doc: "x" } })).toBe(whole);
  });

  test.each<readonly [what: string, name: string, procedures: Record<string, ProcedureDocument>]>([
    ["the contract's name", "order", { place: procedure }],
    ["a procedure's name", "orders", { put: procedure }],
    ["a procedure more", "orders", { place: procedure, put: procedure }],
    ["no procedure", "orders", {}],
    ["a procedure's fingerprint", "orders", { place: { ...procedure, fingerprint: "sha256:0" } }],
    ["access", "orders", { place: { ...procedure, auth: ["admin"] } }],
    ["limits", "orders", { place: { ...procedure, limits: { timeoutMs: 1 } } }],
  ])("changes with %s", (_what, name, procedures) => {
    expect(contractFingerprint(name, procedures)).not.toBe(whole);
  });
});
