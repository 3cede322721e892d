/** What is known of the place that text is printed to. */

/** A terminal, a pipe or a file. */
export interface Terminal {
  readonly colour: "on" | "off";
  /** Columns to wrap at; Infinity where nothing should be wrapped, so that a log can be searched. */
  readonly width: number;
}

const styles = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

/** A way to stress a text. */
export type Style = keyof typeof styles;

/** A text in a style, where the terminal shows styles. */
export function styled(text: string, style: Style, terminal: Terminal): string {
  return terminal.colour === "off" ? text : `\u001b[${styles[style]}m${text}\u001b[0m`;
}

/**
 * A text without characters that steer a terminal: names and messages come from files that anybody wrote.
 * Line breaks stay.
 */
export function harmless(text: string): string {
  return text.replace(
    // oxlint-disable-next-line no-control-regex -- those are what it looks for
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A paragraph in lines that fit, each after `indent` blanks; words that are longer than a line stay whole. */
export function wrapped(text: string, indent: number, terminal: Terminal): string {
  const margin = " ".repeat(indent);
  const room = Math.max(20, terminal.width - indent);
  return text
    .split("\n")
    .flatMap((line) => linesOf(line, room))
    .map((line) => (line === "" ? "" : margin + line))
    .join("\n");
}

function linesOf(text: string, room: number): readonly string[] {
  // Leading blanks are a shape that somebody gave the line: it is kept and not wrapped.
  if (text.length <= room || text.startsWith(" ")) return [text];
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
