/** Emitted code as JavaScript, for machines: how a stub is printed for people is the generator's business. */
import type { CodecFunction, CodeValue, Piece, CodecStatement } from "./code.ts";

/** The text of a piece. `shapeName` gives the name of the shape of a value without positions. */
export function textOfPiece(piece: Piece, shapeName: (value: ShapeValue) => string): string {
  if ("value" in piece) return `const ${piece.name} = ${textOf(piece.value, shapeName)};`;
  const { name, does, body } = piece;
  return `function ${name}(${does === "write" ? "to, value" : "from"}) {\n${blockText(body, piece)}\n}`;
}

/** The value that stands for a shape. */
export type ShapeValue = Extract<CodeValue, { readonly shape: unknown }>;

const noShape = (): string => {
  throw new TypeError("A shape stands inside of a function.");
};

function textOf(value: CodeValue, shapeName: (value: ShapeValue) => string = noShape): string {
  if (typeof value === "string") return value;
  if ("json" in value) return JSON.stringify(value.json);
  if ("runtime" in value) return value.runtime;
  if ("shape" in value) return shapeName(value);
  if ("list" in value) return `[${value.list.map((each) => textOf(each)).join(", ")}]`;
  if ("members" in value) {
    const members = value.members.map(([name, each]) => `${JSON.stringify(name)}: ${textOf(each)}`);
    return `{ ${members.join(", ")} }`;
  }
  const callee = "call" in value ? value.call : value.local;
  return `${callee}(${value.given.map((each) => textOf(each)).join(", ")})`;
}

function blockText(body: readonly CodecStatement[], within: CodecFunction): string {
  return body.map((statement) => textOfStatement(statement, within)).join("\n");
}

function textOfStatement(statement: CodecStatement, within: CodecFunction): string {
  const block = (body: readonly CodecStatement[]): string => `{\n${blockText(body, within)}\n}`;
  if ("constant" in statement) return `const ${statement.constant} = ${textOf(statement.is)};`;
  if ("variable" in statement) {
    const { variable, is } = statement;
    return is === undefined ? `let ${variable};` : `let ${variable} = ${textOf(is)};`;
  }
  if ("set" in statement) return `${statement.set} = ${textOf(statement.to)};`;
  if ("run" in statement) return `${textOf(statement.run)};`;
  if ("give" in statement) return `return ${textOf(statement.give)};`;
  if ("count" in statement) {
    const { count, to, body } = statement;
    return `for (; ${count} < ${to}; ${count} += 1) ${block(body)}`;
  }
  if ("each" in statement) {
    return `for (const ${statement.each} of ${statement.of}) ${block(statement.body)}`;
  }
  if ("noting" in statement) {
    const given = ["error", ...statement.noting].join(", ");
    return `try ${block(statement.body)} catch (error) { throw within(${given}); }`;
  }
  if ("choose" in statement) {
    const ending = (value: CodeValue): string =>
      within.does === "read" ? `return ${textOf(value)};` : `${textOf(value)}; break;`;
    const cases = statement.among.map((value, index) => `case ${index}: ${ending(value)}`);
    const { otherwise } = statement;
    const rest = otherwise === undefined ? [] : [`default: ${ending(otherwise)}`];
    return `switch (${textOf(statement.choose)}) {\n${[...cases, ...rest].join("\n")}\n}`;
  }
  const { given, body, otherwise } = statement;
  const rest = otherwise === undefined ? "" : ` else ${block(otherwise)}`;
  return `if (${given}) ${block(body)}${rest}`;
}
