/** What a service says of its own conversions: one procedure of each treatment, asked of real releases. */
import { defineContract, type ReleaseDocument, unary } from "@concordat/core";
import { type TSchema, Type } from "typebox";
import { expect, test } from "vitest";

import type { Written } from "../../src/adapter/fate.ts";
import { Service } from "../../src/service/service.ts";
import type { Treatment } from "../../src/adapter/treatment.ts";

const text = Type.Object({ text: Type.String() });
const longer = Type.Object({ text: Type.String(), at: Type.Optional(Type.String()) });

function documentOf(number: string, procedures: Record<string, TSchema>): ReleaseDocument {
  const tree = Object.fromEntries(
    Object.entries(procedures).map(([name, message]) => [
      name,
      unary({
        request: message,
        response: message,
        errors: { late: text, slow: text, gone: text },
      }),
    ]),
  );
  const [document] = defineContract("post", tree).history;
  if (document === undefined) throw new Error("a contract always has a document");
  return { ...document, release: number };
}

function serviceWith(
  floor: string | undefined,
  changed: Written = { request: (older) => older },
): Service {
  const history = [
    documentOf("1.0.0", { same: text, gone: text }),
    documentOf("2.0.0", { same: text, wider: text, changed: text, gone: text, ended: text }),
    documentOf("3.0.0", { same: text, wider: longer, changed: longer }),
  ];
  return new Service({
    contract: "post",
    history,
    handlers: new Map(["same", "wider", "changed"].map((name) => [name, (request) => request])),
    derived: [],
    belowFloor: "unbroken",
    adapters: [
      {
        from: "2.0.0",
        to: "3.0.0",
        procedures: {
          wider: "project",
          changed,
          gone: { answer: (request) => request },
          ended: "unimplemented",
        },
      },
    ],
    floor,
    notices: new Map(),
    retirement: undefined,
    upgradeUrl: undefined,
  });
}

test("a service says of every procedure of every served release how its calls get to the handlers", () => {
  const rows = serviceWith(undefined).treatments();

  expect(
    rows.map(({ release: of, procedure, treatment }) => `${of} ${procedure} ${treatment}`),
  ).toEqual([
    "1.0.0 gone answered",
    "1.0.0 same identity",
    "2.0.0 changed written",
    "2.0.0 ended unimplemented",
    "2.0.0 gone answered",
    "2.0.0 same identity",
    "2.0.0 wider projected",
    "3.0.0 changed identity",
    "3.0.0 same identity",
    "3.0.0 wider identity",
  ]);
});

const dropsAt = [{ step: "drop", at: "", names: ["at"] }] as const;

test.each<[what: string, Written, Treatment]>([
  ["steps", { request: dropsAt, response: dropsAt }, "declarative"],
  ["another name", { renamedTo: "wider", response: dropsAt }, "declarative"],
  [
    "an error with steps, and one that becomes generic",
    { errors: { late: { name: "slow", payload: dropsAt }, gone: "generic" } },
    "declarative",
  ],
  ["a function beside steps", { request: dropsAt, response: (newer) => newer }, "written"],
  [
    "an error with a function",
    { errors: { late: { name: "slow", payload: (newer) => newer } } },
    "written",
  ],
  ["a function for metadata", { request: dropsAt, metadata: { request: (own) => own } }, "written"],
])("what is converted by %s is told apart", (_, changed, treatment) => {
  const rows = serviceWith(undefined, changed).treatments();

  expect(rows.find(({ procedure }) => procedure === "changed")?.treatment).toBe(treatment);
});

test("a treatment comes with its steps, which end where the procedure ends", () => {
  const rows = serviceWith(undefined).treatments();

  const stepsOf = (release: string, procedure: string): readonly string[] => {
    const row = rows.find((each) => each.release === release && each.procedure === procedure);
    return (row?.steps ?? []).map(({ from, to, treatment }) => `${from} ${to} ${treatment}`);
  };
  expect(stepsOf("1.0.0", "same")).toEqual(["1.0.0 2.0.0 identity", "2.0.0 3.0.0 identity"]);
  expect(stepsOf("1.0.0", "gone")).toEqual(["1.0.0 2.0.0 identity", "2.0.0 3.0.0 answered"]);
  expect(stepsOf("2.0.0", "wider")).toEqual(["2.0.0 3.0.0 projected"]);
  expect(stepsOf("2.0.0", "changed")).toEqual(["2.0.0 3.0.0 written"]);
  expect(stepsOf("2.0.0", "ended")).toEqual(["2.0.0 3.0.0 unimplemented"]);
  expect(stepsOf("3.0.0", "same")).toEqual([]);
});

test("releases below the floor are not served, and so have no treatment", () => {
  const releases = serviceWith("3.0.0")
    .treatments()
    .map(({ release: of }) => of);

  expect(new Set(releases)).toEqual(new Set(["3.0.0"]));
});
