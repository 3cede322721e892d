/** A comparison in SARIF 2.1.0, for tools that collect findings. */
import type { Change } from "../compare/change.ts";
import type { Verdict } from "../rule/rule.ts";
import { explain, type RuleId } from "../rule/rules.ts";
import { type Compared, placeOf, type Reported } from "./heading.ts";
import { plainValue } from "./printable.ts";

const levels: { readonly [V in Verdict]: "error" | "warning" | "note" } = {
  breaking: "error",
  undecided: "error",
  lossy: "warning",
  compatible: "note",
};

/** The log as JSON, indented by two. */
export function sarifReport(comparison: Reported, compared: Compared): string {
  const ids = [...new Set(comparison.changes.map(({ rule }) => rule))];
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "concordat", rules: ids.map(ruleOf) } },
        results: comparison.changes.map((change) =>
          resultOf(change, ids.indexOf(change.rule), compared),
        ),
      },
    ],
  };
  return JSON.stringify(log, null, 2);
}

function ruleOf(id: RuleId): object {
  const rule = explain(id);
  return {
    id,
    shortDescription: { text: rule?.title ?? id },
    fullDescription: { text: rule?.why ?? "" },
    help: { text: rule?.todo ?? "" },
  };
}

function resultOf(change: Change, ruleIndex: number, { after, file }: Compared): object {
  return {
    ruleId: change.rule,
    ruleIndex,
    level: change.direction === "old-client-new-server" ? levels[change.verdict] : "note",
    message: { text: change.message },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(file ?? after) } },
        logicalLocations: [{ fullyQualifiedName: placeOf(change) }],
      },
    ],
    properties: plainValue({
      verdict: change.verdict,
      direction: change.direction,
      ...("witness" in change && { witness: change.witness }),
      ...(change.adapter && { adapter: change.adapter }),
    }),
  };
}
