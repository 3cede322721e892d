/** Texts that people wrote, as comments that nothing in them can end. */

/** The lines of a comment with a text in it. */
export function commentLines(paragraphs: readonly string[], width: number): string[] {
  const lines = paragraphs.flatMap((text) => wrapped(safe(text), width - 3));
  const [only = "", ...more] = lines;
  if (more.length === 0 && only.length + 7 <= width) return [`/** ${only} */`];
  return ["/**", ...lines.map((line) => (line === "" ? " *" : ` * ${line}`)), " */"];
}

/** Paragraphs with an empty line between them; tags, which begin with `@`, stand together at the end. */
export function paragraphsOf(
  texts: readonly (string | undefined)[],
  tags: readonly string[] = [],
): readonly string[] | undefined {
  const said = texts.filter((text) => text !== undefined && text.trim() !== "");
  const paragraphs = said.flatMap((text, index) => (index === 0 ? [text ?? ""] : ["", text ?? ""]));
  if (tags.length > 0 && paragraphs.length > 0) paragraphs.push("");
  const all = [...paragraphs, ...tags];
  return all.length === 0 ? undefined : all;
}

/** A text of an author, in which nothing is a tag. */
export function untagged(text: string): string {
  return text.replaceAll(/^(\s*)@/gm, "$1\\@").replaceAll("{@", "{\\@");
}

const lineBreak = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const invisible = /[^\P{Cc}\n\t]|\p{Cs}|[\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

function safe(text: string): string {
  return text.replaceAll(lineBreak, "\n").replaceAll(invisible, "").replaceAll("*/", "*\\/");
}

/** Lines of at most so many columns, broken at spaces. Breaks that the author made stay. */
function wrapped(text: string, width: number): string[] {
  return text
    .trim()
    .split("\n")
    .flatMap((line) => wrappedLine(line.trimEnd(), width));
}

function wrappedLine(line: string, width: number): string[] {
  const lines: string[] = [];
  let current = "";
  for (const word of line.split(" ")) {
    const longer = current === "" ? word : `${current} ${word}`;
    if (longer.length > width && current.trim() !== "") {
      lines.push(current.trimEnd());
      current = word;
    } else current = longer;
  }
  return [...lines, current.trimEnd()];
}
