/** What of a release is changed to see whether its fingerprints change with it. */
import { type ProcedureTree, type ReleaseDocument, unary } from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import * as Type from "typebox";
import { beforeEach, expect, test, vi } from "vitest";

import { tryFingerprints } from "../../src/verify/fingerprint-trial.ts";

const fingerprints = vi.hoisted(() => ({ isDeaf: false }));

// A fingerprint that nothing changes: whatever is tried and should count is then found.
vi.mock(import("@concordat/core/internal"), async (original) => {
  const own = await original();
  return {
    ...own,
    procedureFingerprint: (...parts) =>
      fingerprints.isDeaf ? "sha256:deaf" : own.procedureFingerprint(...parts),
  };
});

beforeEach(() => {
  fingerprints.isDeaf = false;
});

const tree = Type.Object(
  {
    name: Type.String({ minLength: 1, description: "for people" }),
    children: Type.Array(Type.Ref("Tree")),
  },
  { $id: "Tree", additionalProperties: false },
);

function releaseOf(procedures: ProcedureTree): ReleaseDocument {
  return { ...freeze("shop", procedures), release: "1.0.0", previous: null };
}

const release = releaseOf({
  ask: unary({
    request: tree,
    response: Type.Null(),
    errors: { gone: Type.Object({ sku: Type.String() }) },
  }),
  place: unary({
    request: Type.Object({
      size: Type.Integer({ default: 3 }),
      gift: Type.Optional(Type.Boolean({ default: true })),
      pay: Type.Enum(["cash", "card"]),
      either: Type.Union([Type.Null(), Type.Literal(7)]),
      free: Type.Optional(Type.Unknown({ default: { a: 1 } })),
    }),
    response: Type.Null(),
  }),
});

/** A procedure of a release alone, with a fingerprint that is not that of its messages. */
function deafTo(name: string, { procedures, ...rest }: ReleaseDocument): ReleaseDocument {
  const own = procedures[name];
  if (own === undefined) throw new TypeError(`There is no ${name}.`);
  return { ...rest, procedures: { [name]: { ...own, fingerprint: "sha256:deaf" } } };
}

const eachDeaf = ["ask", "place"].map((name) => deafTo(name, release));

test("nothing is found where fingerprints are right, and equal procedures are looked at once", () => {
  const seen = new Set<string>();
  const once = tryFingerprints(release, seen);

  expect(once.findings).toEqual([]);
  expect(once.changes).toBeGreaterThan(60);
  expect(tryFingerprints(release, seen)).toEqual({ findings: [], changes: 0 });
});

test("of a procedure with very many keywords some are looked at, evenly", () => {
  const many = Array.from({ length: 100 }, (_, at) => [`p${at}`, Type.Integer()] as const);
  const request = Type.Object(Object.fromEntries(many));
  const large = releaseOf({ place: unary({ request, response: Type.Null() }) });
  fingerprints.isDeaf = true;
  const { changes, findings } = tryFingerprints(deafTo("place", large), new Set());

  expect(changes).toBeGreaterThan(30);
  expect(changes).toBeLessThanOrEqual(60);
  expect(findings.map(({ path }) => path).some((path) => path.includes("/p9"))).toBe(true);
});

test("every keyword of every message, error and definition is looked at", () => {
  fingerprints.isDeaf = true;
  const findings = eachDeaf.flatMap((each) => tryFingerprints(each, new Set()).findings);

  expect(findings.map(({ procedure, path }) => `${procedure}: ${path}`)).toMatchInlineSnapshot(`
    [
      "undefined: ",
      "ask: /kind",
      "ask: /idempotent",
      "ask: /response/type",
      "ask: /errors/gone/type",
      "ask: /errors/gone/required",
      "ask: /errors/gone/properties/sku",
      "ask: /errors/gone/properties/sku/type",
      "ask: /definitions/Tree/type",
      "ask: /definitions/Tree/required",
      "ask: /definitions/Tree/properties/name",
      "ask: /definitions/Tree/properties/name/type",
      "ask: /definitions/Tree/properties/name/minLength",
      "ask: /definitions/Tree/properties/children",
      "ask: /definitions/Tree/properties/children/type",
      "ask: /definitions/Tree/additionalProperties",
      "undefined: ",
      "place: /kind",
      "place: /idempotent",
      "place: /request/type",
      "place: /request/required",
      "place: /request/properties/size",
      "place: /request/properties/size/type",
      "place: /request/properties/size/default",
      "place: /request/properties/gift",
      "place: /request/properties/gift/type",
      "place: /request/properties/gift/default",
      "place: /request/properties/pay",
      "place: /request/properties/pay/enum",
      "place: /request/properties/either",
      "place: /request/properties/either/anyOf/0/type",
      "place: /request/properties/either/anyOf/1/type",
      "place: /request/properties/either/anyOf/1/const",
      "place: /request/properties/free",
      "place: /request/properties/free/default",
      "place: /response/type",
    ]
  `);
});

test("every title, the order of keywords and the text of a procedure are looked at", () => {
  const findings = eachDeaf.flatMap((each) => tryFingerprints(each, new Set()).findings);

  expect(findings.map(({ procedure, message }) => `${procedure}: ${message}`))
    .toMatchInlineSnapshot(`
    [
      "undefined: The fingerprint of the release is not that of what stands in it.",
      "ask: The fingerprint of the procedure is not that of its messages.",
      "ask: The text at /doc counts.",
      "ask: The text at /request/title counts.",
      "ask: The text at /request counts.",
      "ask: The text at /response/title counts.",
      "ask: The text at /response counts.",
      "ask: The text at /errors/gone/title counts.",
      "ask: The text at /errors/gone counts.",
      "ask: The text at /errors/gone/properties/sku/title counts.",
      "ask: The text at /errors/gone/properties/sku counts.",
      "ask: The text at /definitions/Tree/title counts.",
      "ask: The text at /definitions/Tree counts.",
      "ask: The text at /definitions/Tree/properties/name/title counts.",
      "ask: The text at /definitions/Tree/properties/name counts.",
      "ask: The text at /definitions/Tree/properties/children/title counts.",
      "ask: The text at /definitions/Tree/properties/children counts.",
      "ask: The text at /definitions/Tree/properties/children/items/title counts.",
      "ask: The text at /definitions/Tree/properties/children/items counts.",
      "undefined: The fingerprint of the release is not that of what stands in it.",
      "place: The fingerprint of the procedure is not that of its messages.",
      "place: The text at /doc counts.",
      "place: The text at /request/title counts.",
      "place: The text at /request counts.",
      "place: The text at /request/properties/size/title counts.",
      "place: The text at /request/properties/size counts.",
      "place: The text at /request/properties/gift/title counts.",
      "place: The text at /request/properties/gift counts.",
      "place: The text at /request/properties/pay/title counts.",
      "place: The text at /request/properties/pay counts.",
      "place: The text at /request/properties/either/title counts.",
      "place: The text at /request/properties/either counts.",
      "place: The text at /request/properties/either/anyOf/0/title counts.",
      "place: The text at /request/properties/either/anyOf/0 counts.",
      "place: The text at /request/properties/either/anyOf/1/title counts.",
      "place: The text at /request/properties/either/anyOf/1 counts.",
      "place: The text at /request/properties/free/title counts.",
      "place: The text at /request/properties/free counts.",
      "place: The text at /response/title counts.",
      "place: The text at /response counts.",
    ]
  `);
});
