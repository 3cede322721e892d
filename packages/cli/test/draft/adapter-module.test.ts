/** A drafted adapter in a compiler: what is missing is found, and what was forgotten too. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import {
  bidiStream,
  type ProcedureTree,
  type ReleaseDocument,
  serverNotification,
  serverStream,
  unary,
} from "@concordat/core";
import { freeze } from "@concordat/core/internal";
import { type TSchema, Type } from "typebox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { adapterModule } from "../../src/draft/adapter-module.ts";
import { sourceText } from "../../src/emit/source-text.ts";
import { draftAdapter } from "../../src/draft/adapter-draft.ts";
import { CompileProject, settingsFolder } from "../emit/compile-project.ts";
import { sourcesOf } from "../emit/emitted.ts";

const text = Type.String();
const older = releaseOf("1.0.0", {
  place: unary({
    request: Type.Object({ sku: text, note: Type.Optional(text) }),
    response: Type.Object({ id: text, total: Type.Number() }),
  }),
  find: unary({ request: Type.Object({ name: text }), response: Type.Object({ title: text }) }),
  watch: unary({ request: Type.Object({}), response: text }),
  count: unary({ request: Type.Object({}), response: Type.Object({ count: Type.Integer() }) }),
  stamp: unary({ request: Type.Object({ at: Type.Integer() }), response: Type.Null() }),
  burn: unary({ request: Type.Object({}), response: Type.Null() }),
  seek: seekFailingWith("lost"),
  talk: bidiStream({ request: Type.Object({ say: text }), response: Type.Object({ heard: text }) }),
  sing: bidiStream({ request: Type.Object({ say: text }), response: Type.Number() }),
});
const newer = releaseOf("2.0.0", {
  place: unary({
    request: Type.Object({
      article: text,
      note: Type.Optional(text),
      quantity: Type.Integer({ minimum: 1 }),
    }),
    response: Type.Object({ id: text, total: Type.Object({ amount: Type.Number() }) }),
  }),
  find: unary({ request: Type.Object({ name: text }), response: Type.Object({ heading: text }) }),
  watch: serverStream({ request: Type.Object({}), response: text }),
  count: unary({
    request: Type.Object({ of: Type.Optional(text) }),
    response: Type.Object({ count: Type.Integer(), of: text }),
  }),
  talk: bidiStream({ request: Type.Object({ text }), response: Type.Object({ echo: text }) }),
  sing: bidiStream({
    request: Type.Object({ text }),
    response: Type.Object({ tone: Type.Number() }),
  }),
  seek: seekFailingWith("missing"),
  mark: unary({ request: Type.Object({ at: Type.Integer() }), response: Type.Null() }),
});

function seekFailingWith(error: string) {
  const errors = { [error]: Type.Object({ name: text }) };
  return unary({ request: Type.Object({}), response: text, errors });
}

function releaseOf(release: string, tree: ProcedureTree): ReleaseDocument {
  return { ...freeze("orders", tree), release, previous: null };
}

const drafts = draftAdapter(older, newer);
const types = { older: "./orders/releases/1.0.0/types", newer: "./orders/types" };
const skeleton = sourceText(adapterModule({ older, newer, drafts, types }), "both", ".ts");

describe("a drafted adapter", () => {
  test("fills in what could be drafted, and says that it need not mention what was derived", () => {
    expect(drafts.get("count")).toMatchObject({ fate: "derived" });
    expect(skeleton).toContain("Nothing has to be written for count: that was derived.");
    expect(skeleton).toContain('{ step: "rename", at: "", from: "sku", to: "article" }');
    expect(skeleton).toContain(
      'response: [{ step: "rename", at: "", from: "heading", to: "title" }]',
    );
    expect(skeleton).toContain('stamp: { renamedTo: "mark" }');
  });

  test("tells the items of two streams apart, and fills in the one that can be where the other cannot", () => {
    expect(drafts.get("talk")).toMatchObject({
      request: { steps: [{ step: "rename", at: "", from: "say", to: "text" }] },
      response: { steps: [{ step: "rename", at: "", from: "echo", to: "heard" }] },
    });
    expect(drafts.get("sing")).toMatchObject({
      request: { steps: [{ step: "rename", at: "", from: "say", to: "text" }] },
      response: { steps: undefined },
    });
  });

  test("gives an error its old name, of which older clients know nothing otherwise", () => {
    expect(drafts.get("seek")).toMatchObject({ fate: "converted", request: { steps: [] } });
    expect(skeleton).toContain("Error lost renamed to missing");
    expect(skeleton).toContain('missing: { name: "lost" }');
  });

  test("converts the details of an error that both releases have, and leaves one alone that fits", () => {
    const failing = (sold: TSchema, late: TSchema) =>
      unary({ request: Type.Object({}), response: text, errors: { sold_out: sold, late } });
    const [sku, article] = [Type.Object({ sku: text }), Type.Object({ article: text })];
    const [before, after] = [
      releaseOf("1.0.0", { buy: failing(sku, sku) }),
      releaseOf("2.0.0", {
        buy: failing(article, Type.Object({ sku: text, by: Type.Optional(text) })),
      }),
    ];
    const tried = draftAdapter(before, after);
    const module = adapterModule({ older: before, newer: after, drafts: tried, types });

    expect(tried.get("buy")).toMatchObject({
      errors: [{ newer: "sold_out", older: "sold_out", steps: [{ step: "rename" }] }],
    });
    expect(sourceText(module, "both", ".ts")).toMatch(
      /sold_out: \{\s+name: "sold_out",\s+payload: \[\{ step: "rename", at: "", from: "article", to: "sku" \}\]/,
    );
  });

  test("says what an optional property means now, and nothing of one that is only dropped", () => {
    const take = (name: string) =>
      unary({ request: Type.Object({ id: text, [name]: Type.Optional(text) }), response: text });
    const bare = unary({ request: Type.Object({ id: text }), response: text });
    const before = releaseOf("1.0.0", { renamed: take("gift"), dropped: take("gift") });
    const after = releaseOf("2.0.0", { renamed: take("note"), dropped: bare });
    const tried = draftAdapter(before, after);

    expect(tried.get("renamed")).toMatchObject({
      fate: "converted",
      request: { steps: [{ step: "rename", from: "gift", to: "note" }] },
    });
    expect(tried.get("dropped")).toMatchObject({ fate: "derived" });
  });

  test("leaves open what steps were tried for and do not do, and says on which value", () => {
    const tags = (of: TSchema) => unary({ request: Type.Object({ tag: of }), response: text });
    const [many, one] = [
      releaseOf("1.0.0", { mark: tags(Type.Array(text)) }),
      releaseOf("2.0.0", { mark: tags(text) }),
    ];
    const tried = draftAdapter(many, one);
    const module = adapterModule({ older: many, newer: one, drafts: tried, types });

    expect(tried.get("mark")).toMatchObject({ request: { steps: undefined } });
    const source = sourceText(module, "both", ".ts");
    expect(source).toContain("request: (older) => fillIn(older)");
    expect(source).toContain('A step that helps: [{"step":"head","at":"/tag"}]');
    expect(source.replaceAll(/\n *\* /g, " ")).toContain(
      'is not enough: of {"tag":[]} it makes {"tag":[]}, and there /tag is not a string.',
    );
  });

  test("leaves open whether what the server does not tell any more is needed: nobody could ask for an answer", () => {
    const told = serverNotification({ message: Type.Object({ gone: text }) });
    const before = releaseOf("1.0.0", { stopped: told, turned: told, other: seekFailingWith("a") });
    const after = releaseOf("2.0.0", {
      turned: unary({ request: Type.Object({}), response: text }),
      other: seekFailingWith("a"),
    });
    const tried = draftAdapter(before, after);
    const source = sourceText(
      adapterModule({ older: before, newer: after, drafts: tried, types }),
      "both",
      ".ts",
    );

    expect(source).toContain('stopped: fillIn("unimplemented")');
    expect(source).toContain('turned: fillIn("unimplemented")');
    expect(source.replaceAll(/\n *\* /g, " ")).toContain(
      'The newer release never tells stopped. Write "unimplemented" where no older client needs it, or go on telling it.',
    );
    expect(source).not.toContain("answer");
  });

  test("leaves open what nobody stated, and what has to be thought about, with a value that shows why", () => {
    expect(skeleton).toContain('name: "quantity", value: fillIn(1)');
    expect(skeleton).toContain("response: (newer) => fillIn(newer)");
    expect(skeleton).toContain("/total: Type number became object");
    expect(skeleton).toContain('For example {"id":"","total":{"amount":0}}');
    expect(skeleton).toMatch(/watch: \{ answer: .*fillIn/);
    expect(skeleton).toMatch(/burn: \{ answer: .*fillIn/);
  });
});

const finished = skeleton
  .replace("value: fillIn(1)", "value: 1")
  .replace(
    "response: (newer) => fillIn(newer)",
    "response: ({ id, total }) => ({ id, total: total.amount })",
  )
  .replace("response: (newer) => fillIn(newer)", "response: ({ tone }) => tone")
  .replace(
    /watch: \{ answer: [^\n]*\}/,
    'watch: { answer: async (_request, _context, call) => { for await (const one of call("watch", {})) return one; return ""; } }',
  )
  .replace(/burn: \{ answer: [^\n]*\}/, 'burn: "unimplemented"');

describe("the compiler", () => {
  let project: CompileProject;
  beforeAll(async () => {
    project = await CompileProject.create();
    const settings = JSON.parse(
      await readFile(join(settingsFolder, "strictest.json"), "utf8"),
    ) as object; // ours
    await project.write(
      "strictest.json",
      JSON.stringify({ ...settings, include: ["*.ts", "orders"] }),
    );
    for (const [path, source] of sourcesOf([older, newer]))
      await project.write(`orders/${path}`, source);
  }, 120_000);
  afterAll(() => project.remove());

  async function complaints(source: string): Promise<readonly string[]> {
    await project.write("adapter.ts", source);
    const lines = (await project.compile("7.0", "strictest.json")).split("\n");
    return lines.filter((line) => line.includes("error TS"));
  }

  test("complains about every hole, and about nothing else", async () => {
    const lines = await complaints(skeleton);

    expect(lines).toHaveLength(5);
    for (const line of lines) expect(line).toContain("fillIn");
  }, 120_000);

  test("takes it once the holes are filled", async () => {
    expect(await complaints(finished)).toEqual([]);
  }, 120_000);

  test("finds a property that was forgotten while they were", async () => {
    const forgotten = finished.replace(
      "({ id, total: total.amount })",
      "({ total: total.amount })",
    );

    expect(forgotten).not.toBe(finished);
    expect((await complaints(forgotten)).join("\n")).toContain("id");
  }, 120_000);
});
