/** `concordat explain`: what a rule of the change table means, and what to do about it. */
import type { Columns } from "@concordat/compat";

import { explainRule, rules } from "../project/comparison.ts";
import { titleOf } from "../project/rule-title.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import type { Remark, Report } from "../report/report.ts";
import { defineCommand } from "./command.ts";
import { nearest } from "./nearest.ts";

/** The columns of the change table in words. */
const columnTitles = {
  requestFromOldClient: "in a request, old client with new server",
  requestFromNewClient: "in a request, new client with old server",
  responseToOldClient: "in a response, old client with new server",
  responseToNewClient: "in a response, new client with old server",
} as const satisfies Record<keyof Columns, string>;

export const explain = defineCommand({
  name: "explain",
  summary: "Say what a rule means, whom it breaks, and what to do.",
  details: ["Without RULE all rules are listed."],
  operands: [
    { name: "RULE", summary: "A rule's id, as a finding prints it.", count: "at most one" },
  ],
  flags: {},
  formats: ["text", "json"],
  examples: ["explain", "explain required-property-added"],
  run: ({ operands }): Promise<Report> => Promise.resolve(explained(operands[0])),
});

function explained(id: string | undefined): Report {
  if (id === undefined) {
    const remarks = rules.map((rule) => line(`${rule.id}: ${titleOf(rule)}`));
    return { status: "ok", compared: [], remarks, result: rules };
  }
  const rule = explainRule(id);
  if (rule === undefined) throw unknownRule(id);
  const remarks = [
    line(rule.id),
    line(`${titleOf(rule)}.`),
    line(""),
    line(`Why: ${rule.why}`),
    line(`What to do: ${rule.todo}`),
    line(""),
    ...Object.entries(columnTitles).map(([column, title]) => {
      const verdict = rule.columns[column as keyof Columns]; // the table has a title for each column
      return line(`  ${verdict.padEnd(12)}${title}`);
    }),
  ];
  return { status: "ok", compared: [], remarks, result: rule };
}

function line(text: string): Remark {
  return { kind: "text", text };
}

function unknownRule(id: string): UnusableInput {
  const near = nearest(
    id,
    rules.map((rule) => rule.id),
  );
  const hint =
    near === undefined ? 'Run "concordat explain" for the list.' : `Did you mean ${near}?`;
  return new UnusableInput(`There is no rule ${JSON.stringify(id)}. ${hint}`);
}
