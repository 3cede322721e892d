/** `concordat explain`: what a rule of the change table means, and what to do about it. */
import { rules, explainRule } from "../project/comparison.ts";
import { UnusableInput } from "../project/unusable-input.ts";
import type { Report } from "../report/report.ts";
import { defineCommand } from "./command.ts";
import { nearest } from "./nearest.ts";

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
  const found = id === undefined ? undefined : explainRule(id);
  if (id !== undefined && found === undefined) {
    const near = nearest(
      id,
      rules.map((rule) => rule.id),
    );
    const hint =
      near === undefined ? 'Run "concordat explain" for the list' : `Did you mean ${near}`;
    throw new UnusableInput(`There is no rule ${JSON.stringify(id)}. ${hint}.`);
  }
  return { status: "ok", compared: [], remarks: [], result: found ?? rules };
}
