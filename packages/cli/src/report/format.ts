/** The forms in which a report can be printed. */

/** One row of the table. */
export interface FormatRule {
  /** Who reads it. */
  readonly reader: string;
}

/** The output formats. */
export const formats = {
  text: { reader: "people, at a terminal" },
  json: { reader: "programs" },
  markdown: { reader: "people, in a changelog or a pull request" },
  github: { reader: "GitHub Actions: annotations beside the files" },
  sarif: { reader: "code scanning services: SARIF 2.1.0" },
} as const satisfies Record<string, FormatRule>;

/** One of the output formats. */
export type Format = keyof typeof formats;

/** The formats of a command that compares. */
export const allFormats: readonly Format[] = ["text", "json", "markdown", "github", "sarif"];
