/** Code trees to text, formatted as a person's editor would: 100 columns, indented by two. */
import type { Assignment, Block, Choice, Code, Sequence } from "./code.ts";
import { commentLines } from "./doc-comment.ts";

/** How many columns a line may have. */
export const lineWidth = 100;

/** Where a piece begins, and how much stands behind it on its last line. */
interface Place {
  readonly indent: number;
  readonly column: number;
  readonly after: number;
}

/** The text of a piece that begins at the start of a line. */
export function print(code: Code): string {
  return textAt(code, { indent: 0, column: 0, after: 0 });
}

/** The text of a piece that begins behind so many columns, with so many more to stand behind it. */
export function printWithin(code: Code, indent: number, after: number): string {
  return textAt(code, { indent, column: indent, after });
}

/** The text in one line; undefined where a comment forbids it. */
function flat(code: Code): string | undefined {
  if (typeof code === "string") return code.includes("\n") ? undefined : code;
  if ("import" in code) return code.as ?? code.import;
  if ("sequence" in code) return joined(code.sequence, "");
  if ("choice" in code) return joined(code.choice, " | ");
  if ("items" in code) return flatBlock(code);
  return joined([code.left, code.right], `${code.operator} `);
}

function flatBlock(block: Block): string | undefined {
  const { open, items, close, separator } = block;
  const isBroken = block.layout === "broken" && items.length > 0;
  if (isBroken || items.some(({ doc }) => doc !== undefined) || isListOfObjects(block)) {
    return undefined;
  }
  const inside = joined(
    items.map(({ code }) => code),
    `${separator} `,
  );
  if (inside === undefined) return undefined;
  return open === "{" && inside !== "" ? `{ ${inside} }` : open + inside + close;
}

/** Formatters never put these on one line: several objects, or lists, with several members each. */
function isListOfObjects({ open, items }: Block): boolean {
  const blocks = items.map(({ code }) =>
    typeof code === "object" && "items" in code ? code : undefined,
  );
  const first = blocks[0]?.open;
  return (
    open === "[" &&
    blocks.length > 1 &&
    (first === "{" || first === "[") &&
    blocks.every((each) => each?.open === first && each.separator === "," && each.items.length > 1)
  );
}

function joined(pieces: readonly Code[], separator: string): string | undefined {
  const texts: string[] = [];
  for (const piece of pieces) {
    const text = flat(piece);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts.join(separator);
}

function textAt(code: Code, place: Place): string {
  const line = flat(code);
  if (line !== undefined && place.column + line.length + place.after <= lineWidth) return line;
  if (typeof code === "string") return code;
  if ("import" in code) return code.as ?? code.import;
  if ("sequence" in code) return sequenceAt(code, place);
  if ("items" in code) return blockAt(code, place);
  if ("choice" in code) return choiceAt(code, place);
  return assignmentAt(code, place);
}

function sequenceAt({ sequence }: Sequence, place: Place): string {
  let text = "";
  sequence.forEach((piece, index) => {
    const rest = sequence.slice(index + 1);
    const column = columnAfter(text, place.column);
    text += textAt(piece, { ...place, column, after: widthUntilBreak(rest, place.after) });
  });
  return text;
}

/** How much has to stand on the same line: all until something comes that can be broken. */
function widthUntilBreak(pieces: readonly Code[], after: number): number {
  let width = 0;
  for (const piece of pieces) {
    if (typeof piece === "object" && "items" in piece) return width + piece.open.length;
    width += flat(piece)?.length ?? 0;
  }
  return width + after;
}

function columnAfter(text: string, column: number): number {
  const newline = text.lastIndexOf("\n");
  return newline === -1 ? column + text.length : text.length - newline - 1;
}

function blockAt(block: Block, place: Place): string {
  const { open, items, close, separator } = block;
  if (items.length === 0) return open + close;
  const hugged = open === "(" ? huggedAt(block, place) : undefined;
  if (hugged !== undefined) return hugged;
  const indent = place.indent + 2;
  const margin = " ".repeat(indent);
  const lines = items.flatMap(({ code, doc = [] }) => {
    const comment = doc.length === 0 ? [] : commentLines(doc, lineWidth - indent);
    const text = textAt(code, { indent, column: indent, after: 1 });
    return comment.concat(text + separator).map((line) => margin + line);
  });
  return `${open}\n${lines.join("\n")}\n${" ".repeat(place.indent)}${close}`;
}

/** Arguments of which only the last one, an object or a list, is broken. */
function huggedAt({ open, items, close }: Block, place: Place): string | undefined {
  const last = items.at(-1)?.code;
  if (typeof last !== "object" || !("items" in last) || last.items.length === 0) return undefined;
  const before = items.slice(0, -1).map(({ code }) => code);
  const neighbour = before.at(-1);
  if (typeof neighbour === "object" && "open" in neighbour && neighbour.open === last.open) {
    return undefined;
  }
  const head = joined(before, ", ");
  if (head === undefined) return undefined;
  const start = before.length === 0 ? open : `${open}${head}, `;
  const column = place.column + start.length;
  if (column + last.open.length > lineWidth) return undefined;
  return start + blockAt(last, { ...place, column }) + close;
}

function choiceAt({ choice }: Choice, place: Place): string {
  const indent = place.indent + 2;
  const margin = `\n${" ".repeat(indent)}| `;
  const column = indent + 2;
  return choice
    .map((code) => margin + textAt(code, { indent: column, column, after: place.after }))
    .join("");
}

function assignmentAt({ left, operator, right }: Assignment, place: Place): string {
  const head = textAt(left, { ...place, after: operator.length + 1 }) + operator;
  const column = columnAfter(head, place.column) + 1;
  if (typeof right === "object" && "choice" in right) {
    const line = flat(right);
    const isShort = line !== undefined && column + line.length + place.after <= lineWidth;
    return isShort ? `${head} ${line}` : head + choiceAt(right, place);
  }
  // A long text begins on a line of its own; anything else breaks inside.
  const isText = typeof right === "string" && /^["']/.test(right);
  if (isText && column + right.length + place.after > lineWidth) {
    return `${head}\n${" ".repeat(place.indent + 2)}${right}`;
  }
  return `${head} ${textAt(right, { ...place, column })}`;
}
