/** A written adapter, as far as it could be drafted. What is missing does not compile. */
import type { AdapterStep, ReleaseDocument } from "@concordat/core";

import type { ErrorDraft, PartDraft, ProcedureDraft } from "./adapter-draft.ts";
import { witnessText } from "../report/witness-text.ts";
import {
  type Block,
  type Code,
  type Import,
  type Item,
  list,
  member,
  objectLiteral,
  sequence,
} from "../emit/code.ts";
import { jsonLiteral, quoted, valueKey } from "../emit/literal.ts";
import type { Module } from "../emit/module.ts";
import { proceduresName } from "../emit/release-names.ts";
import { typeName } from "../emit/safe-name.ts";

/** What a skeleton is made from. */
export interface AdapterRequest {
  readonly older: ReleaseDocument;
  readonly newer: ReleaseDocument;
  readonly drafts: ReadonlyMap<string, ProcedureDraft>;
  /** The types modules of both releases, as the file imports them. */
  readonly types: { readonly older: string; readonly newer: string };
}

const entry = "@concordat/server";

/** The module of one adapter. */
export function adapterModule({ older, newer, drafts, types }: AdapterRequest): Module {
  const { contract, release: from } = older;
  const { release: to } = newer;
  const derived = [...drafts].filter(([, { fate }]) => fate === "derived").map(([name]) => name);
  const items = [...drafts].flatMap(([name, draft]) => procedureItems(name, draft));
  const value = sequence(
    { import: "defineAdapter", from: entry, use: "value" },
    "<",
    messages("Older", types.older),
    ", ",
    messages("Newer", types.newer),
    ">(",
    objectLiteral([
      member("from", quoted(from)),
      member("to", quoted(to)),
      member("procedures", { ...objectLiteral([]), items, layout: "broken" }),
    ]),
    ")",
  );
  return {
    path: "",
    doc: [
      `From ${contract} ${from} to ${to}: drafted by \`concordat adapter\`, finished by you.`,
      ...(items.some(isOpen)
        ? [
            "",
            "What is inside `fillIn` is missing: write it, and leave `fillIn` away. The compiler then looks for forgotten properties.",
          ]
        : []),
      ...(derived.length === 0
        ? []
        : ["", `Nothing has to be written for ${derived.join(", ")}: that was derived.`]),
    ],
    statements: [
      {
        constant: `from${typeName(from).replaceAll(/^_/g, "")}`,
        doc: undefined,
        is: { import: "Adapter", from: entry, use: "type" },
        value,
        visibility: "exported",
      },
    ],
  };
}

function messages(as: string, from: string): Import {
  return { import: proceduresName, from, use: "type", as };
}

function isOpen({ code }: Item): boolean {
  return JSON.stringify(code).includes("fillIn");
}

function procedureItems(name: string, draft: ProcedureDraft): readonly Item[] {
  switch (draft.fate) {
    case "derived":
      return [];
    case "gone":
      return [
        answered(
          name,
          `The newer release has no ${name}. Answer it here with what there is, or write "unimplemented": its calls then fail alone.`,
        ),
      ];
    case "untold":
      return [
        {
          code: member(valueKey(name), sequence("fillIn(", quoted("unimplemented"), ")")),
          doc: [
            `The newer release never tells ${name}. Write "unimplemented" where no older client needs it, or go on telling it.`,
          ],
        },
      ];
    case "other-kind":
      return [
        answered(
          name,
          `It was ${draft.before} and is ${draft.after}. Answer the older one in terms of the newer.`,
        ),
      ];
    case "converted": {
      const { renamedTo, request, response, errors } = draft;
      const parts: Item[] = [
        ...(renamedTo === undefined ? [] : [{ code: member("renamedTo", quoted(renamedTo)) }]),
        ...partItems("request", request, "older"),
        ...partItems("response", response, "newer"),
        ...(errors.length === 0 ? [] : [{ code: member("errors", block(errors.map(errorItem))) }]),
      ];
      return parts.length === 0 ? [] : [{ code: member(valueKey(name), block(parts)) }];
    }
  }
}

function answered(name: string, doc: string): Item {
  const answer = member("answer", "(request, context, call) => fillIn(request, context, call)");
  const calls = 'List in "calls" what it calls: without that, every guard of the contract runs.';
  return { code: member(valueKey(name), block([{ code: answer }])), doc: [doc, calls] };
}

function partItems(part: string, draft: PartDraft, given: string): readonly Item[] {
  if (draft.steps?.length === 0) return [];
  return [{ code: member(part, conversionOf(draft, given)), doc: reasonsFor(draft) }];
}

function errorItem({ newer, older, ...draft }: ErrorDraft): Item {
  const payload =
    draft.steps?.length === 0 ? [] : [{ code: member("payload", conversionOf(draft, "newer")) }];
  const parts = block([{ code: member("name", quoted(older)) }, ...payload]);
  return { code: member(valueKey(newer), parts), doc: reasonsFor(draft) };
}

function conversionOf({ steps, guesses }: PartDraft, given: string): Code {
  if (steps === undefined) return `(${given}) => fillIn(${given})`;
  return list(steps.map((step) => stepCode(step, guesses.has(step))));
}

function stepCode(step: AdapterStep, isGuess: boolean): Code {
  const members = Object.entries(step).map(([name, value]) => {
    const code = jsonLiteral(value);
    return member(name, isGuess && name === "value" ? sequence("fillIn(", code, ")") : code);
  });
  return objectLiteral(members);
}

function block(items: readonly Item[]): Block {
  return { ...objectLiteral([]), items };
}

/** Each change with what shows it: the reason for the steps, or for the hole. */
function reasonsFor({ changes, steps, refusal }: PartDraft): readonly string[] {
  const reasons = changes.flatMap((change) => [
    `${change.path === "" ? "" : `${change.path}: `}${change.message}`,
    ...("witness" in change ? [`  For example ${witnessText(change.witness)}`] : []),
    ...(steps === undefined && change.adapter !== undefined
      ? [`  A step that helps: ${JSON.stringify(change.adapter)}`]
      : []),
  ]);
  if (refusal === undefined) return reasons;
  const [witness, made] = [refusal.witness, refusal.made].map(witnessText);
  return [
    ...reasons,
    `What helps was tried and is not enough: of ${witness} it makes ${made}, and there ${refusal.reason}.`,
  ];
}
