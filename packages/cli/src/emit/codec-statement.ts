/** Statements of emitted codecs, line by line. */
import type { CodeValue, CodecStatement } from "@concordat/core/internal";

import { type Code, sequence } from "./code.ts";
import { type CodecVocabulary, codecCode } from "./codec-code.ts";
import { printWithin } from "./print.ts";

/** Where statements stand. */
export interface StatementPlace {
  readonly indent: number;
  readonly does: "write" | "read";
  /** Whether types stand beside the names that need one. */
  readonly isTyped: boolean;
  readonly words: CodecVocabulary;
}

/** The lines of a block's inside. */
export function statementLines(
  body: readonly CodecStatement[],
  place: StatementPlace,
): readonly string[] {
  return body.flatMap((statement) => linesOf(statement, place));
}

function linesOf(statement: CodecStatement, place: StatementPlace): readonly string[] {
  const { indent, isTyped, words } = place;
  const line = (...pieces: readonly Code[]): string =>
    " ".repeat(indent) + printWithin(sequence(...pieces), indent, 1) + ";";
  const block = (head: string, body: readonly CodecStatement[], tail = "}"): readonly string[] => [
    `${" ".repeat(indent)}${head} {`,
    ...statementLines(body, { ...place, indent: indent + 2 }),
    " ".repeat(indent) + tail,
  ];
  if ("constant" in statement) {
    const { constant, is } = statement;
    const name = `const ${constant}${isTyped ? typeOfMade(is) : ""}`;
    return [line({ left: name, operator: " =", right: codecCode(is, words) })];
  }
  if ("variable" in statement) {
    const { variable, is } = statement;
    if (is === undefined) return [line(`let ${variable}${isTyped ? ": unknown" : ""}`)];
    return [line({ left: `let ${variable}`, operator: " =", right: codecCode(is, words) })];
  }
  if ("set" in statement) {
    return [line({ left: statement.set, operator: " =", right: codecCode(statement.to, words) })];
  }
  if ("run" in statement) return [line(codecCode(statement.run, words))];
  if ("give" in statement) return [line("return ", codecCode(statement.give, words))];
  if ("count" in statement) {
    const { count, to, body } = statement;
    return block(`for (; ${count} < ${to}; ${count} += 1)`, body);
  }
  if ("each" in statement) {
    return block(`for (const ${statement.each} of ${statement.of})`, statement.body);
  }
  if ("noting" in statement) {
    words.runtime("within");
    const given = ["error", ...statement.noting].join(", ");
    const margin = " ".repeat(indent);
    return [
      ...block("try", statement.body, "} catch (error) {"),
      `${margin}  throw within(${given});`,
      `${margin}}`,
    ];
  }
  if ("choose" in statement) return choiceLines(statement, place);
  if (statement.otherwise === undefined) return block(`if (${statement.given})`, statement.body);
  const [, ...rest] = block("", statement.otherwise);
  return [...block(`if (${statement.given})`, statement.body, "} else {"), ...rest];
}

/** What is filled later needs a type that is wide enough. */
function typeOfMade(value: CodeValue): string {
  if (typeof value === "string") return "";
  if ("list" in value) return ": unknown[]";
  return "members" in value ? ": Record<string, unknown>" : "";
}

type Choice = Extract<CodecStatement, { readonly choose: unknown }>;

function choiceLines(
  { choose, among, otherwise }: Choice,
  place: StatementPlace,
): readonly string[] {
  const { indent, does, words } = place;
  const margin = " ".repeat(indent);
  const ending = (code: Code): readonly string[] => {
    const pieces = does === "read" ? sequence("return ", code) : code;
    const line = `${margin}    ${printWithin(pieces, indent + 4, 1)};`;
    return does === "read" ? [line] : [line, `${margin}    break;`];
  };
  const cases = among.flatMap((value, index) => [
    `${margin}  case ${index}:`,
    ...ending(codecCode(value, words)),
  ]);
  const rest =
    otherwise === undefined ? [] : [`${margin}  default:`, ...ending(codecCode(otherwise, words))];
  const head = printWithin(sequence("switch (", codecCode(choose, words), ")"), indent, 2);
  return [`${margin}${head} {`, ...cases, ...rest, `${margin}}`];
}
