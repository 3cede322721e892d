/** A module's text in one of its faces. */
import { type Block, call, type Code, type Import, member, sequence } from "./code.ts";
import { commentLines } from "./doc-comment.ts";
import { quoted } from "./literal.ts";
import {
  type FunctionStatement,
  importsOf,
  type Module,
  type Side,
  type Statement,
} from "./module.ts";
import { lineWidth, print } from "./print.ts";

/** The text of a module, and the extension that its neighbours are imported with. */
export function sourceText(module: Module, side: Side, extension: ".ts" | ".js"): string {
  const { statements } = module;
  const imports = statements.flatMap((statement) => importsOf(statement, side));
  const opening = [...commentLines(module.doc, lineWidth), ...importLines(imports, extension)];
  const sections = [
    opening.join("\n"),
    ...statements.map((statement) => statementText(statement, side)),
    // A file without any would be taken for a script.
    statements.some((each) => isShown(each, side)) ? "" : "export {};",
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function isShown(statement: Statement, side: Side): boolean {
  if ("function" in statement) return side !== "types";
  if (!("constant" in statement)) return side !== "values";
  return side !== "types" || statement.visibility === "exported";
}

/** Packages first, then neighbours. */
function importLines(imports: readonly Import[], extension: string): string[] {
  const froms = [...new Set(imports.map(({ from }) => from))];
  const [neighbours, packages] = [true, false].map((isNear) =>
    froms.filter((from) => from.startsWith(".") === isNear).toSorted(),
  );
  return [...(packages ?? []), ...(neighbours ?? [])].map((from) => {
    const names = imports.filter((each) => each.from === from);
    return importLine(names, from.startsWith(".") ? from + extension : from);
  });
}

function importLine(imports: readonly Import[], from: string): string {
  const names = [...new Map(imports.map((each) => [each.import, each])).values()].toSorted(
    (left, right) => (left.import.toLowerCase() < right.import.toLowerCase() ? -1 : 1),
  );
  const isTypes = names.every(({ use }) => use === "type");
  const items = names.map(({ import: name, as, use }) => {
    const local = as === undefined ? name : `${name} as ${as}`;
    return { code: use === "type" && !isTypes ? `type ${local}` : local };
  });
  const block = { open: "{", items, close: "}", separator: "," } as const;
  return print(sequence(isTypes ? "import type " : "import ", block, ` from ${quoted(from)};`));
}

function statementText(statement: Statement, side: Side): string {
  if (!isShown(statement, side)) return "";
  if ("function" in statement) return functionText(statement, side);
  const comment = statement.doc === undefined ? [] : commentLines(statement.doc, lineWidth);
  return [...comment, codeText(statement, side)].join("\n");
}

function functionText(statement: FunctionStatement, side: Side): string {
  const isTyped = side === "both";
  const given = statement.given.map((each) => (isTyped ? each : each.left));
  const head = sequence("function ", call(statement.function, given));
  const returns = isTyped ? sequence(": ", statement.returns) : "";
  return `${print(sequence(head, returns, " {"))}\n${statement.lines(isTyped).join("\n")}\n}`;
}

function codeText(statement: Exclude<Statement, FunctionStatement>, side: Side): string {
  if ("interface" in statement) {
    const body: Block = { ...statement.body, layout: "broken" };
    return print(sequence(`export interface ${statement.interface} `, body));
  }
  if ("type" in statement) {
    const left = `export type ${statement.type}`;
    return `${print({ left, operator: " =", right: statement.is })};`;
  }
  const { constant, is, value, visibility } = statement;
  const isExported = visibility === "exported";
  if (side === "types") {
    return `${print(member(`export declare const ${constant}`, is ?? "unknown"))};`;
  }
  const head = `${isExported ? "export " : ""}const ${constant}`;
  const left: Code = side === "both" && is !== undefined ? member(head, is) : head;
  return `${print({ left, operator: " =", right: value })};`;
}
